// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>

#include "device.h"
#include "manager.h"

static ssize_t vmid_show(struct device *dev, struct device_attribute *attribute, char *buffer)
{
	struct gunyah_manager *manager = dev_get_drvdata(dev);
	u16 vmid;
	int error = gunyah_get_vmid(manager, &vmid);

	return error ? error : sysfs_emit(buffer, "%u\n", vmid);
}
static DEVICE_ATTR_RO(vmid);

static ssize_t api_show(struct device *dev, struct device_attribute *attribute, char *buffer)
{
	struct gunyah_manager *manager = dev_get_drvdata(dev);

	return sysfs_emit(buffer, "0x%llx\n", manager->identity.api);
}
static DEVICE_ATTR_RO(api);

static struct attribute *manager_attrs[] = {
	&dev_attr_vmid.attr,
	&dev_attr_api.attr,
	NULL,
};
ATTRIBUTE_GROUPS(manager);

/* reg: the queue for sending, the queue for receiving; interrupts in the same order. That is so in every dialect (gunyah-rm.md 8). */
static int manager_find_queues(struct platform_device *device, struct gunyah_queue_ends *ends)
{
	u64 capabilities[2];
	int error;

	error = of_property_read_u64_array(device->dev.of_node, "reg", capabilities, ARRAY_SIZE(capabilities));
	if (error)
		return dev_err_probe(&device->dev, error, "reg has not two capabilities\n");
	ends->send = capabilities[0];
	ends->receive = capabilities[1];
	ends->send_irq = platform_get_irq(device, 0);
	if (ends->send_irq < 0)
		return ends->send_irq;
	ends->receive_irq = platform_get_irq(device, 1);
	return ends->receive_irq < 0 ? ends->receive_irq : 0;
}

static int manager_probe(struct platform_device *device)
{
	struct gunyah_queue_ends ends;
	struct gunyah_manager *manager;
	u16 vmid;
	int error;

	if (!gunyah_is_there())
		return -ENODEV;
	manager = devm_kzalloc(&device->dev, sizeof(*manager), GFP_KERNEL);
	if (!manager)
		return -ENOMEM;
	manager->dev = &device->dev;
	gunyah_identify(&manager->identity);
	if (GUNYAH_API_VERSION(manager->identity.api) != 1)
		return dev_err_probe(&device->dev, -ENODEV, "unknown interface 0x%llx\n", manager->identity.api);
	error = manager_find_queues(device, &ends);
	if (error)
		return error;
	error = gunyah_rpc_open(&manager->rpc, &device->dev, &ends);
	if (error)
		return dev_err_probe(&device->dev, error, "the queues cannot be had\n");
	platform_set_drvdata(device, manager);
	error = gunyah_get_vmid(manager, &vmid);
	if (error) {
		dev_err(&device->dev, "the Resource Manager does not say who we are: %d\n", error);
		goto close;
	}
	error = gunyah_device_add(manager);
	if (error)
		goto close;
	dev_info(&device->dev, "hypervisor 0x%llx, features 0x%llx, VMID %u\n", manager->identity.api, manager->identity.features[0], vmid);
	return 0;

close:
	gunyah_rpc_close(&manager->rpc);
	return error;
}

/* Whoever has a VM open keeps the module; unbinding by hand waits for nobody, so it is not offered. */
static int manager_remove(struct platform_device *device)
{
	struct gunyah_manager *manager = platform_get_drvdata(device);

	gunyah_device_remove(manager);
	gunyah_rpc_close(&manager->rpc);
	return 0;
}

static const struct of_device_id manager_match[] = {
	{ .compatible = "gunyah-resource-manager" },
	{ .compatible = "qcom,resource-manager-1-0" },
	{ }
};
MODULE_DEVICE_TABLE(of, manager_match);

static struct platform_driver manager_driver = {
	.probe = manager_probe,
	.remove = manager_remove,
	.driver = {
		.name = "gunyah-rm",
		.of_match_table = manager_match,
		.dev_groups = manager_groups,
		.suppress_bind_attrs = true,
	},
};

/*
 * The hypervisor's node. Where it is a simple-bus, the kernel has made the devices below it at boot and they are none of our business; elsewhere we
 * make them, and take them back.
 */
static int hypervisor_probe(struct platform_device *device)
{
	if (of_node_check_flag(device->dev.of_node, OF_POPULATED_BUS))
		return 0;
	platform_set_drvdata(device, device);
	return of_platform_populate(device->dev.of_node, NULL, NULL, &device->dev);
}

static int hypervisor_remove(struct platform_device *device)
{
	if (platform_get_drvdata(device))
		of_platform_depopulate(&device->dev);
	return 0;
}

static const struct of_device_id hypervisor_match[] = {
	{ .compatible = "gunyah-hypervisor" },
	{ }
};
MODULE_DEVICE_TABLE(of, hypervisor_match);

static struct platform_driver hypervisor_driver = {
	.probe = hypervisor_probe,
	.remove = hypervisor_remove,
	.driver = {
		.name = "gunyah-hypervisor",
		.of_match_table = hypervisor_match,
		.suppress_bind_attrs = true,
	},
};

static int __init gunyah_init(void)
{
	int error;

	/*
	 * The mailbox framework takes a reference to the module of a controller for its client. Both are ours: with the driver's owner in place we could
	 * never be removed.
	 */
	error = __platform_driver_register(&manager_driver, NULL);
	if (error)
		return error;
	error = platform_driver_register(&hypervisor_driver);
	if (error)
		platform_driver_unregister(&manager_driver);
	return error;
}
module_init(gunyah_init);

static void __exit gunyah_exit(void)
{
	platform_driver_unregister(&hypervisor_driver);
	platform_driver_unregister(&manager_driver);
}
module_exit(gunyah_exit);

MODULE_DESCRIPTION("Virtual machines under the Gunyah hypervisor");
MODULE_AUTHOR("The Gunyah for .NET authors");
MODULE_LICENSE("GPL");
