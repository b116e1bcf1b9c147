// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* A doorbell of the VM that rings when an eventfd is written to. */
#include <linux/eventfd.h>
#include <linux/file.h>
#include <linux/poll.h>
#include <linux/slab.h>

#include "vm.h"

/* Which flag rings is up to whoever rings; older clients took bit 32, newer ones this (gunyah-rm.md 9.6). */
#define RING BIT(0)

struct gunyah_irqfd {
	struct gunyah_function function;
	struct eventfd_ctx *event;
	struct wait_queue_entry wait;
	poll_table table;
	u64 doorbell;
	bool level;
	bool can_ring;
};

static struct gunyah_irqfd *of_function(struct gunyah_function *function)
{
	return container_of(function, struct gunyah_irqfd, function);
}

/* With the lock of the eventfd's queue. */
static int irqfd_wakeup(struct wait_queue_entry *wait, unsigned int mode, int sync, void *key)
{
	struct gunyah_irqfd *irqfd = container_of(wait, struct gunyah_irqfd, wait);
	u64 count;

	if (!(key_to_poll(key) & EPOLLIN))
		return 0;
	eventfd_ctx_do_read(irqfd->event, &count);
	if (READ_ONCE(irqfd->can_ring) && gunyah_doorbell_send(irqfd->doorbell, RING))
		pr_warn_ratelimited("gunyah: doorbell %llu of VM %u cannot be rung\n", irqfd->function.label, irqfd->function.vm->vmid);
	return 0;
}

static void irqfd_queue(struct file *file, wait_queue_head_t *head, poll_table *table)
{
	struct gunyah_irqfd *irqfd = container_of(table, struct gunyah_irqfd, table);

	add_wait_queue(head, &irqfd->wait);
}

static int irqfd_bind(struct gunyah_function *function)
{
	const struct gunyah_resource *resource = gunyah_resource_find(function->vm, GUNYAH_DOORBELL_SOURCE, function->label);
	struct gunyah_irqfd *irqfd = of_function(function);

	if (!resource)
		return -ENODEV;
	irqfd->doorbell = le64_to_cpu(resource->capability);
	/* As a level, the flag goes in the moment in which it rings: the guest has the interrupt, and nothing to read. That takes source-can-clear. */
	if (irqfd->level && gunyah_doorbell_mask(irqfd->doorbell, RING, RING))
		dev_warn(function->vm->manager->dev, "doorbell %llu of VM %u does not become a level\n", function->label, function->vm->vmid);
	smp_store_release(&irqfd->can_ring, true);
	return 0;
}

static void irqfd_unbind(struct gunyah_function *function)
{
	WRITE_ONCE(of_function(function)->can_ring, false);
}

static void irqfd_free(struct gunyah_function *function)
{
	struct gunyah_irqfd *irqfd = of_function(function);
	u64 count;

	eventfd_ctx_remove_wait_queue(irqfd->event, &irqfd->wait, &count);
	eventfd_ctx_put(irqfd->event);
	kfree(irqfd);
}

int gunyah_irqfd_add(struct gunyah_vm *vm, const struct gunyah_irqfd_argument *argument, struct gunyah_function **function)
{
	struct gunyah_irqfd *irqfd;
	struct fd file;
	int error;

	if (argument->flags & ~GUNYAH_IRQFD_LEVEL || argument->padding)
		return -EINVAL;
	irqfd = kzalloc(sizeof(*irqfd), GFP_KERNEL);
	if (!irqfd)
		return -ENOMEM;
	file = fdget(argument->fd);
	if (!file.file) {
		error = -EBADF;
		goto free;
	}
	irqfd->event = eventfd_ctx_fileget(file.file);
	if (IS_ERR(irqfd->event)) {
		error = PTR_ERR(irqfd->event);
		goto put;
	}
	irqfd->level = argument->flags & GUNYAH_IRQFD_LEVEL;
	irqfd->function.bind = irqfd_bind;
	irqfd->function.unbind = irqfd_unbind;
	irqfd->function.free = irqfd_free;
	irqfd->function.vm = vm;
	init_waitqueue_func_entry(&irqfd->wait, irqfd_wakeup);
	init_poll_funcptr(&irqfd->table, irqfd_queue);
	vfs_poll(file.file, &irqfd->table);
	fdput(file);
	*function = &irqfd->function;
	return 0;

put:
	fdput(file);
free:
	kfree(irqfd);
	return error;
}
