// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* An eventfd that is signalled when the VM stores to an address. */
#include <linux/eventfd.h>
#include <linux/slab.h>

#include "vm.h"

struct gunyah_ioeventfd {
	struct gunyah_function function;
	struct eventfd_ctx *event;
	struct gunyah_ioeventfd_argument argument;
};

static struct gunyah_ioeventfd *of_function(struct gunyah_function *function)
{
	return container_of(function, struct gunyah_ioeventfd, function);
}

static bool matches(const struct gunyah_ioeventfd_argument *argument, u64 address, u32 length, u64 value)
{
	if (argument->address != address || (argument->length && argument->length != length))
		return false;
	return !(argument->flags & GUNYAH_IOEVENTFD_DATAMATCH) || argument->datamatch == value;
}

bool gunyah_ioeventfd_take(struct gunyah_vm *vm, u64 address, u32 length, u64 value)
{
	struct gunyah_function *function;
	bool taken = false;

	mutex_lock(&vm->lock);
	list_for_each_entry(function, &vm->functions, node) {
		if (function->type != GUNYAH_FUNCTION_IOEVENTFD || !matches(&of_function(function)->argument, address, length, value))
			continue;
		eventfd_signal(of_function(function)->event, 1);
		taken = true;
		break;
	}
	mutex_unlock(&vm->lock);
	return taken;
}

static int ioeventfd_bind(struct gunyah_function *function)
{
	return 0;
}

static void ioeventfd_unbind(struct gunyah_function *function)
{
}

static void ioeventfd_free(struct gunyah_function *function)
{
	eventfd_ctx_put(of_function(function)->event);
	kfree(of_function(function));
}

int gunyah_ioeventfd_add(struct gunyah_vm *vm, const struct gunyah_ioeventfd_argument *argument, struct gunyah_function **function)
{
	struct gunyah_ioeventfd *ioeventfd;
	int error;

	if (argument->flags & ~GUNYAH_IOEVENTFD_DATAMATCH || argument->padding || argument->address + argument->length < argument->address)
		return -EINVAL;
	switch (argument->length) {
	case 0:
		/* A store of any size has no value to compare. */
		if (argument->flags & GUNYAH_IOEVENTFD_DATAMATCH)
			return -EINVAL;
		break;
	case 1:
	case 2:
	case 4:
	case 8:
		break;
	default:
		return -EINVAL;
	}
	ioeventfd = kzalloc(sizeof(*ioeventfd), GFP_KERNEL);
	if (!ioeventfd)
		return -ENOMEM;
	ioeventfd->event = eventfd_ctx_fdget(argument->fd);
	if (IS_ERR(ioeventfd->event)) {
		error = PTR_ERR(ioeventfd->event);
		kfree(ioeventfd);
		return error;
	}
	ioeventfd->argument = *argument;
	ioeventfd->function.bind = ioeventfd_bind;
	ioeventfd->function.unbind = ioeventfd_unbind;
	ioeventfd->function.free = ioeventfd_free;
	*function = &ioeventfd->function;
	return 0;
}
