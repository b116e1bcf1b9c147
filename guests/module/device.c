// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/fs.h>
#include <linux/module.h>

#include "device.h"
#include "vm.h"

static long device_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	/* misc_open leaves the device here. */
	struct gunyah_manager *manager = container_of(file->private_data, struct gunyah_manager, misc);

	switch (command) {
	case GUNYAH_CREATE_VM:
		return argument ? -EINVAL : gunyah_vm_create(manager);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations device_operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = device_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.llseek = noop_llseek,
};

int gunyah_device_add(struct gunyah_manager *manager)
{
	manager->misc = (struct miscdevice){
		.minor = MISC_DYNAMIC_MINOR,
		.name = "gunyah",
		.fops = &device_operations,
		.parent = manager->dev,
	};
	return misc_register(&manager->misc);
}

void gunyah_device_remove(struct gunyah_manager *manager)
{
	misc_deregister(&manager->misc);
}
