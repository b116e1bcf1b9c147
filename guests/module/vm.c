// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/anon_inodes.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <asm/unaligned.h>

#include "vm.h"

/* How long a VM may take to be stopped or reset. */
#define PATIENCE (30 * HZ)

#define STATUS_SIZE	8
#define EXITED_SIZE	8

/* In the thread that takes messages: nothing here may ask the Resource Manager. */
static int vm_notified(struct notifier_block *block, unsigned long id, void *data)
{
	struct gunyah_vm *vm = container_of(block, struct gunyah_vm, notifier);
	const struct gunyah_notification *notification = data;
	const u8 *payload = notification->payload;

	if (notification->size < STATUS_SIZE || get_unaligned_le16(payload) != vm->vmid)
		return NOTIFY_DONE;
	/* An interrupt wakes those who wait here too. */
	spin_lock_irq(&vm->changed.lock);
	if (id == GUNYAH_VM_STATUS) {
		vm->state = payload[4];
	} else if (id == GUNYAH_VM_EXITED) {
		vm->exited = true;
		vm->exit_type = get_unaligned_le16(payload + 2);
		vm->reason_size = min3(get_unaligned_le32(payload + 4), (u32)sizeof(vm->reason), (u32)(notification->size - EXITED_SIZE));
		memcpy(vm->reason, payload + EXITED_SIZE, vm->reason_size);
	}
	wake_up_all_locked(&vm->changed);
	spin_unlock_irq(&vm->changed.lock);
	return NOTIFY_OK;
}

static int vm_start(struct gunyah_vm *vm)
{
	struct gunyah_manager *manager = vm->manager;
	struct gunyah_memory *image;
	int error;

	if (vm->configured)
		return -EBUSY;
	image = gunyah_memory_with(vm, vm->tree.guest_address, vm->tree.size);
	if (!image)
		return -EINVAL;
	error = gunyah_memory_give_all(vm);
	if (error)
		return error;
	vm->configured = true;
	error = gunyah_vm_configure(manager, vm->vmid, image->handle, vm->tree.guest_address - image->region.guest_address, vm->tree.size);
	if (!error)
		error = gunyah_vm_initialise(manager, vm->vmid);
	if (!error)
		error = gunyah_vm_resources(manager, vm->vmid, &vm->resources, &vm->resource_count);
	if (!error)
		error = gunyah_functions_bind(vm);
	if (!error)
		error = gunyah_vm_start(manager, vm->vmid);
	if (!error)
		vm->started = true;
	return error;
}

static int vm_add_memory(struct gunyah_vm *vm, void __user *argument, bool lend)
{
	struct gunyah_memory_region region;

	if (copy_from_user(&region, argument, sizeof(region)))
		return -EFAULT;
	return vm->configured ? -EBUSY : gunyah_memory_add(vm, &region, lend);
}

static int vm_set_tree(struct gunyah_vm *vm, void __user *argument)
{
	struct gunyah_tree_region tree;

	if (copy_from_user(&tree, argument, sizeof(tree)))
		return -EFAULT;
	if (!tree.size || tree.guest_address + tree.size < tree.guest_address)
		return -EINVAL;
	if (vm->configured)
		return -EBUSY;
	vm->tree = tree;
	return 0;
}

static int vm_change_function(struct gunyah_vm *vm, void __user *argument, bool add)
{
	struct gunyah_function_request request;

	if (copy_from_user(&request, argument, sizeof(request)))
		return -EFAULT;
	return add ? gunyah_function_add(vm, &request) : gunyah_function_remove(vm, &request);
}

static long vm_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct gunyah_vm *vm = file->private_data;
	void __user *pointer = (void __user *)argument;
	long result;

	mutex_lock(&vm->lock);
	switch (command) {
	case GUNYAH_SET_USER_MEMORY:
		result = vm_add_memory(vm, pointer, false);
		break;
	case GUNYAH_LEND_USER_MEMORY:
		result = vm_add_memory(vm, pointer, true);
		break;
	case GUNYAH_SET_TREE:
		result = vm_set_tree(vm, pointer);
		break;
	case GUNYAH_START:
		result = argument ? -EINVAL : vm_start(vm);
		break;
	case GUNYAH_ADD_FUNCTION:
		result = vm_change_function(vm, pointer, true);
		break;
	case GUNYAH_REMOVE_FUNCTION:
		result = vm_change_function(vm, pointer, false);
		break;
	default:
		result = -ENOTTY;
	}
	mutex_unlock(&vm->lock);
	return result;
}

static int vm_release(struct inode *inode, struct file *file)
{
	gunyah_vm_put(file->private_data);
	return 0;
}

static const struct file_operations vm_operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = vm_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.release = vm_release,
	.llseek = noop_llseek,
};

int gunyah_vm_create(struct gunyah_manager *manager)
{
	struct gunyah_vm *vm;
	int result;

	vm = kzalloc(sizeof(*vm), GFP_KERNEL);
	if (!vm)
		return -ENOMEM;
	kref_init(&vm->references);
	vm->manager = manager;
	mutex_init(&vm->lock);
	INIT_LIST_HEAD(&vm->memory);
	INIT_LIST_HEAD(&vm->functions);
	init_waitqueue_head(&vm->changed);
	vm->state = GUNYAH_VM_LOAD;
	result = gunyah_vm_allocate(manager, &vm->vmid);
	if (result) {
		kfree(vm);
		return result;
	}
	vm->notifier.notifier_call = vm_notified;
	blocking_notifier_chain_register(&manager->rpc.notifications, &vm->notifier);
	result = anon_inode_getfd("gunyah-vm", &vm_operations, vm, O_CLOEXEC);
	if (result < 0)
		gunyah_vm_put(vm);
	return result;
}

void gunyah_vm_get(struct gunyah_vm *vm)
{
	kref_get(&vm->references);
}

/* Takes everything back in the order of gunyah-rm.md 9.5, and goes on after a step that fails: the rest is worth having. */
static void vm_destroy(struct kref *references)
{
	struct gunyah_vm *vm = container_of(references, struct gunyah_vm, references);
	struct gunyah_manager *manager = vm->manager;
	int error = 0;

	if (vm->started && !READ_ONCE(vm->exited)) {
		error = gunyah_vm_stop(manager, vm->vmid);
		/* It may have ended by itself meanwhile; then it is in no state to be stopped. */
		if (!wait_event_timeout(vm->changed, READ_ONCE(vm->exited), PATIENCE))
			dev_err(manager->dev, "VM %u does not stop: %d\n", vm->vmid, error);
	}
	gunyah_functions_unbind(vm);
	if (vm->configured) {
		error = gunyah_vm_reset(manager, vm->vmid);
		if (error || !wait_event_timeout(vm->changed, READ_ONCE(vm->state) == GUNYAH_VM_RESET, PATIENCE))
			dev_err(manager->dev, "VM %u cannot be reset: %d\n", vm->vmid, error);
	}
	gunyah_functions_free(vm);
	gunyah_memory_free_all(vm);
	error = gunyah_vm_deallocate(manager, vm->vmid);
	if (error)
		dev_err(manager->dev, "VM %u cannot be given up: %d\n", vm->vmid, error);
	blocking_notifier_chain_unregister(&manager->rpc.notifications, &vm->notifier);
	kfree(vm->resources);
	kfree(vm);
}

void gunyah_vm_put(struct gunyah_vm *vm)
{
	kref_put(&vm->references, vm_destroy);
}
