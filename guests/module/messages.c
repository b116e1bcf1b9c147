// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/slab.h>
#include <linux/string.h>

#include "manager.h"

enum {
	MEM_LEND = 0x51000012,
	MEM_SHARE = 0x51000013,
	MEM_RECLAIM = 0x51000015,
	MEM_APPEND = 0x51000018,
	VM_ALLOCATE = 0x56000001,
	VM_DEALLOCATE = 0x56000002,
	VM_START = 0x56000004,
	VM_STOP = 0x56000005,
	VM_RESET = 0x56000006,
	VM_CONFIG_IMAGE = 0x56000009,
	VM_INIT = 0x5600000b,
	VM_GET_HYP_RESOURCES = 0x56000020,
	VM_GET_VMID = 0x56000024,
};

#define CREATE_APPEND	BIT(1)
#define APPEND_LAST	BIT(0)
#define STOP_FORCE	BIT(0)
#define REASON_FORCED	3

struct vmid_request {
	__le16 vmid;
	__le16 reserved;
} __packed;

struct stop_request {
	__le16 vmid;
	u8 flags;
	u8 reserved;
	__le32 reason;
} __packed;

struct configure_request {
	__le16 vmid;
	__le16 authentication;
	__le32 parcel;
	__le64 image;
	__le64 image_size;
	__le64 tree;
	__le64 tree_size;
} __packed;

struct list_head_ {
	__le16 count;
	__le16 reserved;
} __packed;

struct create_request {
	u8 memory_type;
	u8 reserved0;
	u8 flags;
	u8 reserved1;
	__le32 label;
} __packed;

struct handle_request {
	__le32 handle;
	u8 flags;
	u8 reserved[3];
} __packed;

static int call_with_vmid(struct gunyah_manager *manager, u32 id, u16 vmid)
{
	struct vmid_request request = { .vmid = cpu_to_le16(vmid) };

	return gunyah_rpc_call(&manager->rpc, id, &request, sizeof(request), NULL, NULL);
}

/* The reply is one word. */
static int call_for_word(struct gunyah_manager *manager, u32 id, const void *request, size_t size, u32 *word)
{
	__le32 *reply;
	size_t reply_size;
	int error;

	error = gunyah_rpc_call(&manager->rpc, id, request, size, (void **)&reply, &reply_size);
	if (error)
		return error;
	if (reply_size == sizeof(*reply))
		*word = le32_to_cpu(*reply);
	else
		error = -EBADMSG;
	kfree(reply);
	return error;
}

int gunyah_get_vmid(struct gunyah_manager *manager, u16 *vmid)
{
	u32 word;
	int error = call_for_word(manager, VM_GET_VMID, NULL, 0, &word);

	if (!error)
		*vmid = word;
	return error;
}

int gunyah_vm_allocate(struct gunyah_manager *manager, u16 *vmid)
{
	struct vmid_request any = { 0 };
	u32 word;
	int error = call_for_word(manager, VM_ALLOCATE, &any, sizeof(any), &word);

	if (!error)
		*vmid = word;
	return error;
}

int gunyah_vm_deallocate(struct gunyah_manager *manager, u16 vmid)
{
	return call_with_vmid(manager, VM_DEALLOCATE, vmid);
}

int gunyah_vm_configure(struct gunyah_manager *manager, u16 vmid, u32 parcel, u64 tree, u64 tree_size)
{
	struct configure_request request = {
		.vmid = cpu_to_le16(vmid),
		.parcel = cpu_to_le32(parcel),
		.tree = cpu_to_le64(tree),
		.tree_size = cpu_to_le64(tree_size),
	};

	return gunyah_rpc_call(&manager->rpc, VM_CONFIG_IMAGE, &request, sizeof(request), NULL, NULL);
}

int gunyah_vm_initialise(struct gunyah_manager *manager, u16 vmid)
{
	return call_with_vmid(manager, VM_INIT, vmid);
}

int gunyah_vm_start(struct gunyah_manager *manager, u16 vmid)
{
	return call_with_vmid(manager, VM_START, vmid);
}

int gunyah_vm_stop(struct gunyah_manager *manager, u16 vmid)
{
	struct stop_request request = {
		.vmid = cpu_to_le16(vmid), .flags = STOP_FORCE, .reason = cpu_to_le32(REASON_FORCED),
	};

	return gunyah_rpc_call(&manager->rpc, VM_STOP, &request, sizeof(request), NULL, NULL);
}

int gunyah_vm_reset(struct gunyah_manager *manager, u16 vmid)
{
	return call_with_vmid(manager, VM_RESET, vmid);
}

int gunyah_vm_resources(struct gunyah_manager *manager, u16 vmid, struct gunyah_resource **resources, u32 *count)
{
	struct vmid_request request = { .vmid = cpu_to_le16(vmid) };
	struct {
		__le32 count;
		struct gunyah_resource entries[];
	} __packed *reply;
	size_t size;
	int error;

	error = gunyah_rpc_call(&manager->rpc, VM_GET_HYP_RESOURCES, &request, sizeof(request), (void **)&reply, &size);
	if (error)
		return error;
	if (size < sizeof(*reply) || (size - sizeof(*reply)) / sizeof(reply->entries[0]) < le32_to_cpu(reply->count)) {
		error = -EBADMSG;
	} else {
		*count = le32_to_cpu(reply->count);
		*resources = kmemdup(reply->entries, *count * sizeof(reply->entries[0]), GFP_KERNEL);
		if (!*resources)
			error = -ENOMEM;
	}
	kfree(reply);
	return error;
}

static void *put_list(void *place, const void *entries, size_t entry_size, u16 count)
{
	struct list_head_ *head = place;

	*head = (struct list_head_){ .count = cpu_to_le16(count) };
	memcpy(head + 1, entries, entry_size * count);
	return (u8 *)(head + 1) + entry_size * count;
}

static int memory_append(struct gunyah_manager *manager, u32 handle, const struct gunyah_region *regions, u32 count, bool last)
{
	size_t size = sizeof(struct handle_request) + sizeof(struct list_head_) + count * sizeof(*regions);
	struct handle_request *request = kzalloc(size, GFP_KERNEL);
	int error;

	if (!request)
		return -ENOMEM;
	request->handle = cpu_to_le32(handle);
	request->flags = last ? APPEND_LAST : 0;
	put_list(request + 1, regions, sizeof(*regions), count);
	error = gunyah_rpc_call(&manager->rpc, MEM_APPEND, request, size, NULL, NULL);
	kfree(request);
	return error;
}

/* Normal memory; as many regions as there are, so many at a time as a message takes. */
int gunyah_memory_give(struct gunyah_manager *manager, bool lend, u32 label, const struct gunyah_access *access, u32 accesses,
		       const struct gunyah_region *regions, u32 count, u32 *handle)
{
	u32 first = min_t(u32, count, GUNYAH_MOST_REGIONS);
	size_t size = sizeof(struct create_request) + 3 * sizeof(struct list_head_) + accesses * sizeof(*access) + first * sizeof(*regions);
	struct create_request *request = kzalloc(size, GFP_KERNEL);
	void *place;
	u32 given;
	int error;

	if (!request)
		return -ENOMEM;
	request->flags = first < count ? CREATE_APPEND : 0;
	request->label = cpu_to_le32(label);
	place = put_list(request + 1, access, sizeof(*access), accesses);
	place = put_list(place, regions, sizeof(*regions), first);
	put_list(place, NULL, 0, 0);
	error = call_for_word(manager, lend ? MEM_LEND : MEM_SHARE, request, size, handle);
	kfree(request);
	if (error)
		return error;
	for (given = first; given < count; given += first) {
		first = min_t(u32, count - given, GUNYAH_MOST_REGIONS);
		error = memory_append(manager, *handle, regions + given, first, given + first == count);
		if (error) {
			gunyah_memory_reclaim(manager, *handle);
			return error;
		}
	}
	return 0;
}

int gunyah_memory_reclaim(struct gunyah_manager *manager, u32 handle)
{
	struct handle_request request = { .handle = cpu_to_le32(handle) };

	return gunyah_rpc_call(&manager->rpc, MEM_RECLAIM, &request, sizeof(request), NULL, NULL);
}
