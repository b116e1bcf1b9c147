// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/irqdomain.h>
#include <linux/of_irq.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "vm.h"

#define FIRST_SPI	32
#define LAST_SPI	1019
#define MOST_ARGUMENT_BYTES 256

const struct gunyah_resource *gunyah_resource_find(struct gunyah_vm *vm, u8 type, u32 label)
{
	u32 i;

	for (i = 0; i < vm->resource_count; i++) {
		if (vm->resources[i].type == type && le32_to_cpu(vm->resources[i].label) == label)
			return &vm->resources[i];
	}
	return NULL;
}

/* The interrupt of a resource in the controller above the Resource Manager's node; to be given back with irq_dispose_mapping. */
int gunyah_resource_irq(struct gunyah_vm *vm, const struct gunyah_resource *resource)
{
	u32 virq = le32_to_cpu(resource->virq);
	struct device_node *controller;
	struct irq_fwspec spec;
	int irq;

	if (virq < FIRST_SPI || virq > LAST_SPI)
		return -EINVAL;
	controller = of_irq_find_parent(vm->manager->dev->of_node);
	if (!controller)
		return -ENODEV;
	spec = (struct irq_fwspec){
		.fwnode = of_node_to_fwnode(controller),
		.param_count = 3,
		.param = { 0, virq - FIRST_SPI, IRQ_TYPE_EDGE_RISING },
	};
	irq = irq_create_fwspec_mapping(&spec);
	of_node_put(controller);
	return irq ? irq : -EINVAL;
}

union any_argument {
	struct gunyah_vcpu_argument vcpu;
	struct gunyah_irqfd_argument irqfd;
	struct gunyah_ioeventfd_argument ioeventfd;
	struct gunyah_queues_argument queues;
};

static int function_read(const struct gunyah_function_request *request, union any_argument *argument)
{
	size_t size;

	switch (request->type) {
	case GUNYAH_FUNCTION_VCPU:
		size = sizeof(argument->vcpu);
		break;
	case GUNYAH_FUNCTION_IRQFD:
		size = sizeof(argument->irqfd);
		break;
	case GUNYAH_FUNCTION_IOEVENTFD:
		size = sizeof(argument->ioeventfd);
		break;
	case GUNYAH_FUNCTION_QUEUES:
		size = sizeof(argument->queues);
		break;
	default:
		return -EOPNOTSUPP;
	}
	if (request->size != size || request->size > MOST_ARGUMENT_BYTES)
		return -EINVAL;
	return copy_from_user(argument, u64_to_user_ptr(request->argument), size) ? -EFAULT : 0;
}

static u64 function_label(u32 type, const union any_argument *argument)
{
	switch (type) {
	case GUNYAH_FUNCTION_VCPU:
		return argument->vcpu.id;
	case GUNYAH_FUNCTION_IRQFD:
		return argument->irqfd.label;
	case GUNYAH_FUNCTION_QUEUES:
		return argument->queues.label;
	default:
		return argument->ioeventfd.address;
	}
}

static u64 function_detail(u32 type, const union any_argument *argument)
{
	return type == GUNYAH_FUNCTION_IOEVENTFD && argument->ioeventfd.flags & GUNYAH_IOEVENTFD_DATAMATCH ? argument->ioeventfd.datamatch : U64_MAX;
}

static struct gunyah_function *function_find(struct gunyah_vm *vm, u32 type, u64 label, u64 detail)
{
	struct gunyah_function *function;

	list_for_each_entry(function, &vm->functions, node) {
		if (function->type == type && function->label == label && function->detail == detail)
			return function;
	}
	return NULL;
}

int gunyah_function_add(struct gunyah_vm *vm, const struct gunyah_function_request *request)
{
	struct gunyah_function *function = NULL;
	union any_argument argument = { 0 };
	u64 label, detail;
	int result;

	result = function_read(request, &argument);
	if (result)
		return result;
	label = function_label(request->type, &argument);
	detail = function_detail(request->type, &argument);
	if (vm->configured)
		return -EBUSY;
	if (function_find(vm, request->type, label, detail))
		return -EEXIST;
	switch (request->type) {
	case GUNYAH_FUNCTION_VCPU:
		result = gunyah_vcpu_add(vm, &argument.vcpu, &function);
		break;
	case GUNYAH_FUNCTION_IRQFD:
		result = gunyah_irqfd_add(vm, &argument.irqfd, &function);
		break;
	case GUNYAH_FUNCTION_IOEVENTFD:
		result = gunyah_ioeventfd_add(vm, &argument.ioeventfd, &function);
		break;
	default:
		result = gunyah_queue_file_add(vm, &argument.queues, &function);
	}
	if (result < 0)
		return result;
	function->vm = vm;
	function->type = request->type;
	function->label = label;
	function->detail = detail;
	list_add_tail(&function->node, &vm->functions);
	return result;
}

static void function_unbind(struct gunyah_function *function)
{
	if (function->bound)
		function->unbind(function);
	function->bound = false;
}

/* A function with a file of its own goes with the VM. */
int gunyah_function_remove(struct gunyah_vm *vm, const struct gunyah_function_request *request)
{
	struct gunyah_function *function;
	union any_argument argument = { 0 };
	int error;

	error = function_read(request, &argument);
	if (error)
		return error;
	if (request->type != GUNYAH_FUNCTION_IRQFD && request->type != GUNYAH_FUNCTION_IOEVENTFD)
		return -EOPNOTSUPP;
	function = function_find(vm, request->type, function_label(request->type, &argument), function_detail(request->type, &argument));
	if (!function)
		return -ENOENT;
	list_del(&function->node);
	function_unbind(function);
	function->free(function);
	return 0;
}

int gunyah_functions_bind(struct gunyah_vm *vm)
{
	struct gunyah_function *function;
	int error;

	list_for_each_entry(function, &vm->functions, node) {
		error = function->bind(function);
		if (error) {
			dev_err(vm->manager->dev, "VM %u has nothing for function %u, label %llu: %d\n", vm->vmid, function->type, function->label, error);
			return error;
		}
		function->bound = true;
	}
	return 0;
}

void gunyah_functions_unbind(struct gunyah_vm *vm)
{
	struct gunyah_function *function;

	list_for_each_entry(function, &vm->functions, node)
		function_unbind(function);
}

void gunyah_functions_free(struct gunyah_vm *vm)
{
	struct gunyah_function *function, *next;

	list_for_each_entry_safe(function, next, &vm->functions, node) {
		list_del(&function->node);
		function->free(function);
	}
}
