// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/anon_inodes.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/irqdomain.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <asm/unaligned.h>

#include "vm.h"

#define BUSY 31

struct gunyah_vcpu {
	struct gunyah_function function;
	struct mutex running;
	struct gunyah_vcpu_page *page;
	u64 capability;
	int irq;
	bool awake;
	bool reading;
};

static struct gunyah_vcpu *of_function(struct gunyah_function *function)
{
	return container_of(function, struct gunyah_vcpu, function);
}

static irqreturn_t vcpu_woken(int irq, void *data)
{
	struct gunyah_vcpu *vcpu = data;

	WRITE_ONCE(vcpu->awake, true);
	wake_up_all(&vcpu->function.vm->changed);
	return IRQ_HANDLED;
}

static void exit_status(struct gunyah_vcpu *vcpu)
{
	struct gunyah_vm *vm = vcpu->function.vm;
	struct gunyah_vcpu_page *page = vcpu->page;

	page->exit_reason = GUNYAH_EXIT_STATUS;
	page->status.status = GUNYAH_STATUS_EXITED;
	page->status.exit_type = vm->exit_type;
	page->status.reason_size = vm->reason_size;
	memcpy(page->status.reason, vm->reason, sizeof(page->status.reason));
}

static void exit_mmio(struct gunyah_vcpu *vcpu, const struct gunyah_run *run, bool write)
{
	struct gunyah_vcpu_page *page = vcpu->page;

	page->exit_reason = GUNYAH_EXIT_MMIO;
	page->mmio.address = run->data[0];
	page->mmio.length = run->data[1];
	page->mmio.is_write = write;
	put_unaligned_le64(write ? run->data[2] : 0, page->mmio.data);
	vcpu->reading = !write;
}

/* Sleeps until the vCPU is woken or its VM has ended. */
static int vcpu_sleep(struct gunyah_vcpu *vcpu)
{
	struct gunyah_vm *vm = vcpu->function.vm;
	int error = wait_event_interruptible(vm->changed, READ_ONCE(vcpu->awake) || READ_ONCE(vm->exited));

	WRITE_ONCE(vcpu->awake, false);
	return error ? -EINTR : 0;
}

/* One run. 1 where there is nothing to tell the VMM yet. */
static int vcpu_step(struct gunyah_vcpu *vcpu)
{
	struct gunyah_vm *vm = vcpu->function.vm;
	u64 resume[3] = { 0 };
	struct gunyah_run run;
	int error;

	if (READ_ONCE(vm->exited)) {
		exit_status(vcpu);
		return 0;
	}
	if (vcpu->reading)
		resume[0] = get_unaligned_le64(vcpu->page->mmio.data);
	vcpu->reading = false;
	error = gunyah_vcpu_run(vcpu->capability, resume, &run);
	if (error == GUNYAH_RETRY) {
		cond_resched();
		return 1;
	}
	/* Not ours to run: the hypervisor schedules it. The VMM hears of its end. */
	if (error == BUSY)
		return vcpu_sleep(vcpu) ? -EINTR : 1;
	if (error)
		return gunyah_errno(error);
	switch (run.state) {
	case GUNYAH_VCPU_MMIO_READ:
		exit_mmio(vcpu, &run, false);
		return 0;
	case GUNYAH_VCPU_MMIO_WRITE:
		if (gunyah_ioeventfd_take(vm, run.data[0], run.data[1], run.data[2]))
			return 1;
		exit_mmio(vcpu, &run, true);
		return 0;
	case GUNYAH_VCPU_READY:
	case GUNYAH_VCPU_BLOCKED:
		cond_resched();
		return 1;
	default:
		/* Asleep, powered off, failed or about to be reset: an interrupt or the end of the VM is next. */
		return vcpu_sleep(vcpu) ? -EINTR : 1;
	}
}

static long vcpu_run(struct gunyah_vcpu *vcpu)
{
	int result = 1;

	if (mutex_lock_interruptible(&vcpu->running))
		return -EINTR;
	vcpu->page->exit_reason = GUNYAH_EXIT_UNKNOWN;
	if (!READ_ONCE(vcpu->function.vm->started))
		result = -ENODEV;
	while (result > 0)
		result = READ_ONCE(vcpu->page->immediate_exit) || signal_pending(current) ? -EINTR : vcpu_step(vcpu);
	mutex_unlock(&vcpu->running);
	return result;
}

static long vcpu_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct gunyah_vcpu *vcpu = file->private_data;

	switch (command) {
	case GUNYAH_VCPU_RUN:
		return argument ? -EINVAL : vcpu_run(vcpu);
	case GUNYAH_VCPU_MMAP_SIZE:
		return argument ? -EINVAL : PAGE_SIZE;
	default:
		return -ENOTTY;
	}
}

static int vcpu_mmap(struct file *file, struct vm_area_struct *area)
{
	struct gunyah_vcpu *vcpu = file->private_data;

	if (area->vm_pgoff || vma_pages(area) != 1)
		return -EINVAL;
	return vm_insert_page(area, area->vm_start, virt_to_page(vcpu->page));
}

static int vcpu_release(struct inode *inode, struct file *file)
{
	struct gunyah_vcpu *vcpu = file->private_data;

	gunyah_vm_put(vcpu->function.vm);
	return 0;
}

static const struct file_operations vcpu_operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = vcpu_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.mmap = vcpu_mmap,
	.release = vcpu_release,
	.llseek = noop_llseek,
};

static int vcpu_bind(struct gunyah_function *function)
{
	const struct gunyah_resource *resource = gunyah_resource_find(function->vm, GUNYAH_VCPU, function->label);
	struct gunyah_vcpu *vcpu = of_function(function);
	int error;

	if (!resource)
		return -ENODEV;
	vcpu->capability = le64_to_cpu(resource->capability);
	/* A vCPU that the hypervisor schedules has no interrupt for us. */
	vcpu->irq = 0;
	if (le32_to_cpu(resource->virq) == U32_MAX)
		return 0;
	vcpu->irq = gunyah_resource_irq(function->vm, resource);
	if (vcpu->irq < 0)
		return vcpu->irq;
	error = request_irq(vcpu->irq, vcpu_woken, 0, "gunyah-vcpu", vcpu);
	if (error)
		irq_dispose_mapping(vcpu->irq);
	return error;
}

static void vcpu_unbind(struct gunyah_function *function)
{
	struct gunyah_vcpu *vcpu = of_function(function);

	if (!vcpu->irq)
		return;
	free_irq(vcpu->irq, vcpu);
	irq_dispose_mapping(vcpu->irq);
}

static void vcpu_free(struct gunyah_function *function)
{
	struct gunyah_vcpu *vcpu = of_function(function);

	free_page((unsigned long)vcpu->page);
	kfree(vcpu);
}

int gunyah_vcpu_add(struct gunyah_vm *vm, const struct gunyah_vcpu_argument *argument, struct gunyah_function **function)
{
	struct gunyah_vcpu *vcpu = kzalloc(sizeof(*vcpu), GFP_KERNEL);
	int result;

	if (!vcpu)
		return -ENOMEM;
	vcpu->page = (struct gunyah_vcpu_page *)get_zeroed_page(GFP_KERNEL);
	if (!vcpu->page) {
		kfree(vcpu);
		return -ENOMEM;
	}
	mutex_init(&vcpu->running);
	vcpu->function.bind = vcpu_bind;
	vcpu->function.unbind = vcpu_unbind;
	vcpu->function.free = vcpu_free;
	vcpu->function.vm = vm;
	gunyah_vm_get(vm);
	result = anon_inode_getfd("gunyah-vcpu", &vcpu_operations, vcpu, O_RDWR | O_CLOEXEC);
	if (result < 0) {
		vcpu_free(&vcpu->function);
		gunyah_vm_put(vm);
		return result;
	}
	*function = &vcpu->function;
	return result;
}
