/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The Resource Manager's requests with their payloads (gunyah-rm.md 2). */
#ifndef GUNYAH_MANAGER_H
#define GUNYAH_MANAGER_H

#include <linux/miscdevice.h>
#include <linux/refcount.h>

#include "hypercall.h"
#include "rpc.h"

#define GUNYAH_PAGE		4096UL
#define GUNYAH_MOST_REGIONS	512

#define GUNYAH_RIGHT_X		1
#define GUNYAH_RIGHT_W		2
#define GUNYAH_RIGHT_R		4
#define GUNYAH_RIGHT_RWX	7

enum gunyah_notification_id {
	GUNYAH_VM_EXITED = 0x56100001,
	GUNYAH_VM_STATUS = 0x56100008,
};

enum gunyah_vm_state {
	GUNYAH_VM_NONE = 0,
	GUNYAH_VM_INIT = 1,
	GUNYAH_VM_READY = 2,
	GUNYAH_VM_RUNNING = 3,
	GUNYAH_VM_LOAD = 5,
	GUNYAH_VM_INIT_FAILED = 8,
	GUNYAH_VM_STOPPED = 9,
	GUNYAH_VM_RESETTING = 10,
	GUNYAH_VM_RESET = 11,
};

enum gunyah_resource_type {
	GUNYAH_DOORBELL_SOURCE = 0,
	GUNYAH_DOORBELL = 1,
	GUNYAH_QUEUE_SEND = 2,
	GUNYAH_QUEUE_RECEIVE = 3,
	GUNYAH_VCPU = 4,
};

struct gunyah_region {
	__le64 address;
	__le64 size;
};

struct gunyah_access {
	__le16 vmid;
	u8 rights;
	u8 reserved;
};

/* An entry of the reply to VM_GET_HYP_RESOURCES (gunyah-rm.md 6). */
struct gunyah_resource {
	u8 type;
	u8 reserved;
	__le16 partner;
	__le32 handle;
	__le32 label;
	__le64 capability;
	__le32 virq_handle;
	__le32 virq;
	__le64 base;
	__le64 size;
} __packed;

struct gunyah_manager {
	struct device *dev;
	struct gunyah_rpc rpc;
	struct gunyah_identity identity;
	struct miscdevice misc;
};

int gunyah_get_vmid(struct gunyah_manager *manager, u16 *vmid);
int gunyah_vm_allocate(struct gunyah_manager *manager, u16 *vmid);
int gunyah_vm_deallocate(struct gunyah_manager *manager, u16 vmid);
int gunyah_vm_configure(struct gunyah_manager *manager, u16 vmid, u32 parcel, u64 tree, u64 tree_size);
int gunyah_vm_initialise(struct gunyah_manager *manager, u16 vmid);
int gunyah_vm_start(struct gunyah_manager *manager, u16 vmid);
int gunyah_vm_stop(struct gunyah_manager *manager, u16 vmid);
int gunyah_vm_reset(struct gunyah_manager *manager, u16 vmid);
int gunyah_vm_resources(struct gunyah_manager *manager, u16 vmid, struct gunyah_resource **resources, u32 *count);
int gunyah_memory_give(struct gunyah_manager *manager, bool lend, u32 label, const struct gunyah_access *access, u32 accesses,
		       const struct gunyah_region *regions, u32 count, u32 *handle);
int gunyah_memory_reclaim(struct gunyah_manager *manager, u32 handle);

#endif
