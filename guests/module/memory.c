// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "vm.h"

#define KNOWN_FLAGS (GUNYAH_MEMORY_READ | GUNYAH_MEMORY_WRITE | GUNYAH_MEMORY_EXECUTE)

static bool overlaps(u64 a, u64 a_size, u64 b, u64 b_size)
{
	return a < b + b_size && b < a + a_size;
}

static void memory_free(struct gunyah_memory *memory)
{
	if (memory->pages) {
		unpin_user_pages_dirty_lock(memory->pages, memory->count, true);
		account_locked_vm(memory->mm, memory->count, false);
		mmdrop(memory->mm);
	}
	kvfree(memory->pages);
	kfree(memory);
}

/* The pages of a region stay where they are from here on; the process goes on using them until they are given away. */
static int memory_pin(struct gunyah_memory *memory)
{
	unsigned long count = memory->region.size >> PAGE_SHIFT;
	struct page **pages;
	long pinned;
	int error;

	error = account_locked_vm(current->mm, count, true);
	if (error)
		return error;
	pages = kvcalloc(count, sizeof(*pages), GFP_KERNEL_ACCOUNT);
	if (!pages) {
		account_locked_vm(current->mm, count, false);
		return -ENOMEM;
	}
	pinned = pin_user_pages_fast(memory->region.user_address, count, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (pinned != count) {
		if (pinned > 0)
			unpin_user_pages(pages, pinned);
		kvfree(pages);
		account_locked_vm(current->mm, count, false);
		return pinned < 0 ? pinned : -EFAULT;
	}
	/* Whoever closes the VM in the end may be another process. */
	mmgrab(current->mm);
	memory->mm = current->mm;
	memory->pages = pages;
	memory->count = count;
	return 0;
}

int gunyah_memory_add(struct gunyah_vm *vm, const struct gunyah_memory_region *region, bool lend)
{
	struct gunyah_memory *memory, *other;
	int error;

	if (!region->size || !PAGE_ALIGNED(region->size) || !PAGE_ALIGNED(region->guest_address) || !PAGE_ALIGNED(region->user_address) ||
	    region->guest_address + region->size < region->guest_address || region->size >> PAGE_SHIFT > INT_MAX)
		return -EINVAL;
	if (!region->flags || region->flags & ~KNOWN_FLAGS)
		return -EINVAL;
	list_for_each_entry(other, &vm->memory, node) {
		if (other->region.label == region->label ||
		    overlaps(other->region.guest_address, other->region.size, region->guest_address, region->size))
			return -EEXIST;
	}
	memory = kzalloc(sizeof(*memory), GFP_KERNEL);
	if (!memory)
		return -ENOMEM;
	memory->region = *region;
	memory->lend = lend;
	error = memory_pin(memory);
	if (error) {
		kfree(memory);
		return error;
	}
	list_add_tail(&memory->node, &vm->memory);
	return 0;
}

struct gunyah_memory *gunyah_memory_with(struct gunyah_vm *vm, u64 address, u64 size)
{
	struct gunyah_memory *memory;

	list_for_each_entry(memory, &vm->memory, node) {
		if (size && address >= memory->region.guest_address && size <= memory->region.size &&
		    address - memory->region.guest_address <= memory->region.size - size)
			return memory;
	}
	return NULL;
}

/* Pages that lie side by side become one region. */
static u32 memory_regions(const struct gunyah_memory *memory, struct gunyah_region *regions)
{
	phys_addr_t start = page_to_phys(memory->pages[0]), end = start + PAGE_SIZE;
	unsigned long i;
	u32 count = 0;

	for (i = 1; i <= memory->count; i++) {
		phys_addr_t next = i < memory->count ? page_to_phys(memory->pages[i]) : 0;

		if (i < memory->count && next == end) {
			end += PAGE_SIZE;
			continue;
		}
		regions[count].address = cpu_to_le64(start);
		regions[count].size = cpu_to_le64(end - start);
		count++;
		start = next;
		end = start + PAGE_SIZE;
	}
	return count;
}

static u8 memory_rights(u32 flags)
{
	return (flags & GUNYAH_MEMORY_READ ? GUNYAH_RIGHT_R : 0) | (flags & GUNYAH_MEMORY_WRITE ? GUNYAH_RIGHT_W : 0) |
	       (flags & GUNYAH_MEMORY_EXECUTE ? GUNYAH_RIGHT_X : 0);
}

static int memory_give(struct gunyah_vm *vm, struct gunyah_memory *memory, u16 self)
{
	struct gunyah_access access[2] = {
		{ .vmid = cpu_to_le16(vm->vmid), .rights = memory_rights(memory->region.flags) },
		{ .vmid = cpu_to_le16(self), .rights = GUNYAH_RIGHT_RWX },
	};
	struct gunyah_region *regions = kvcalloc(memory->count, sizeof(*regions), GFP_KERNEL);
	int error;

	if (!regions)
		return -ENOMEM;
	error = gunyah_memory_give(vm->manager, memory->lend, memory->region.label, access, memory->lend ? 1 : 2, regions,
				   memory_regions(memory, regions), &memory->handle);
	kvfree(regions);
	memory->given = !error;
	return error;
}

int gunyah_memory_give_all(struct gunyah_vm *vm)
{
	struct gunyah_memory *memory;
	u16 self;
	int error = gunyah_get_vmid(vm->manager, &self);

	list_for_each_entry(memory, &vm->memory, node) {
		if (!error && !memory->given)
			error = memory_give(vm, memory, self);
	}
	return error;
}

void gunyah_memory_free_all(struct gunyah_vm *vm)
{
	struct gunyah_memory *memory, *next;

	list_for_each_entry_safe(memory, next, &vm->memory, node) {
		int error = memory->given ? gunyah_memory_reclaim(vm->manager, memory->handle) : 0;

		list_del(&memory->node);
		if (error) {
			/* Somebody else has these pages: nobody here may ever use them again. */
			dev_err(vm->manager->dev, "%lu pages of VM %u do not come back: %d\n", memory->count, vm->vmid, error);
			continue;
		}
		memory_free(memory);
	}
}
