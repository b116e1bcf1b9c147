/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A VM of ours. Its file, and each file of a function of it, hold it; it ends with the last of them. */
#ifndef GUNYAH_VM_H
#define GUNYAH_VM_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/wait.h>

#include "manager.h"
#include "uapi/gunyah.h"

struct gunyah_vm;

/* Something that a VMM has added: bound to what the Resource Manager made for it when the VM starts. */
struct gunyah_function {
	struct list_head node;
	struct gunyah_vm *vm;
	u32 type;
	/* Two of a type differ in these: the label or address, and the value of an ioeventfd. */
	u64 label;
	u64 detail;
	int (*bind)(struct gunyah_function *function);
	void (*unbind)(struct gunyah_function *function);
	void (*free)(struct gunyah_function *function);
	bool bound;
};

struct gunyah_memory {
	struct list_head node;
	struct gunyah_memory_region region;
	bool lend;
	struct mm_struct *mm;
	struct page **pages;
	unsigned long count;
	bool given;
	u32 handle;
};

struct gunyah_vm {
	struct kref references;
	struct gunyah_manager *manager;
	u16 vmid;
	struct mutex lock;
	struct list_head memory;
	struct list_head functions;
	struct gunyah_tree_region tree;
	struct gunyah_resource *resources;
	u32 resource_count;
	bool configured;
	bool started;

	/* What notifications say, under the lock of the queue. */
	struct notifier_block notifier;
	wait_queue_head_t changed;
	u8 state;
	bool exited;
	u16 exit_type;
	u32 reason_size;
	u8 reason[GUNYAH_MOST_REASON_BYTES];
};

int gunyah_vm_create(struct gunyah_manager *manager);
void gunyah_vm_get(struct gunyah_vm *vm);
void gunyah_vm_put(struct gunyah_vm *vm);

/* memory.c; with the VM's lock. */
int gunyah_memory_add(struct gunyah_vm *vm, const struct gunyah_memory_region *region, bool lend);
int gunyah_memory_give_all(struct gunyah_vm *vm);
void gunyah_memory_free_all(struct gunyah_vm *vm);
struct gunyah_memory *gunyah_memory_with(struct gunyah_vm *vm, u64 address, u64 size);

/* resources.c */
const struct gunyah_resource *gunyah_resource_find(struct gunyah_vm *vm, u8 type, u32 label);
int gunyah_resource_irq(struct gunyah_vm *vm, const struct gunyah_resource *resource);
int gunyah_function_add(struct gunyah_vm *vm, const struct gunyah_function_request *request);
int gunyah_function_remove(struct gunyah_vm *vm, const struct gunyah_function_request *request);
int gunyah_functions_bind(struct gunyah_vm *vm);
void gunyah_functions_unbind(struct gunyah_vm *vm);
void gunyah_functions_free(struct gunyah_vm *vm);

/* Each makes a function from its argument; the result is 0, a file descriptor or an error. */
int gunyah_vcpu_add(struct gunyah_vm *vm, const struct gunyah_vcpu_argument *argument, struct gunyah_function **function);
int gunyah_irqfd_add(struct gunyah_vm *vm, const struct gunyah_irqfd_argument *argument, struct gunyah_function **function);
int gunyah_ioeventfd_add(struct gunyah_vm *vm, const struct gunyah_ioeventfd_argument *argument, struct gunyah_function **function);
int gunyah_queue_file_add(struct gunyah_vm *vm, const struct gunyah_queues_argument *argument, struct gunyah_function **function);

/* Whether some ioeventfd takes a store of the guest. */
bool gunyah_ioeventfd_take(struct gunyah_vm *vm, u64 address, u32 length, u64 value);

#endif
