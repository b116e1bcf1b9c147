// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* A pair of message queues between us and the VM as a file: a read takes one message, a write sends one. */
#include <linux/anon_inodes.h>
#include <linux/fs.h>
#include <linux/irqdomain.h>
#include <linux/kfifo.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "queues.h"
#include "vm.h"

/* Messages that nobody has read yet; a sender that goes on loses none of these, but the newest. */
#define KEPT_MESSAGES 64

struct gunyah_queue_file {
	struct gunyah_function function;
	struct gunyah_queues queues;
	struct mbox_client client;
	struct mutex sending;
	struct mutex reading;
	wait_queue_head_t wait;
	struct notifier_block notifier;
	DECLARE_KFIFO(kept, struct gunyah_message, KEPT_MESSAGES);
	unsigned long lost;
	bool open;
};

static struct gunyah_queue_file *of_function(struct gunyah_function *function)
{
	return container_of(function, struct gunyah_queue_file, function);
}

/* In the thread of the interrupt, the only one that puts. */
static void queue_file_received(struct mbox_client *client, void *data)
{
	struct gunyah_queue_file *queue = container_of(client, struct gunyah_queue_file, client);
	struct gunyah_message *message = data;

	if (!kfifo_put(&queue->kept, *message))
		queue->lost++;
	wake_up_interruptible(&queue->wait);
}

/* The VM's own listener stands before this one in the chain: it has seen the end already. */
static int queue_file_notified(struct notifier_block *block, unsigned long id, void *data)
{
	struct gunyah_queue_file *queue = container_of(block, struct gunyah_queue_file, notifier);

	if (id == GUNYAH_VM_EXITED)
		wake_up_interruptible(&queue->wait);
	return NOTIFY_DONE;
}

static bool queue_file_ended(struct gunyah_queue_file *queue)
{
	return READ_ONCE(queue->function.vm->exited);
}

static ssize_t queue_file_read(struct file *file, char __user *buffer, size_t size, loff_t *offset)
{
	struct gunyah_queue_file *queue = file->private_data;
	struct gunyah_message *message;
	ssize_t result;

	message = kmalloc(sizeof(*message), GFP_KERNEL);
	if (!message)
		return -ENOMEM;
	if (mutex_lock_interruptible(&queue->reading)) {
		kfree(message);
		return -EINTR;
	}
	while (!kfifo_get(&queue->kept, message)) {
		result = file->f_flags & O_NONBLOCK ? -EAGAIN : 0;
		if (!result && queue_file_ended(queue) && kfifo_is_empty(&queue->kept))
			goto out;
		if (!result)
			result = wait_event_interruptible(queue->wait, !kfifo_is_empty(&queue->kept) || queue_file_ended(queue));
		if (result)
			goto out;
	}
	result = min(size, message->size);
	if (copy_to_user(buffer, message->data, result))
		result = -EFAULT;
out:
	mutex_unlock(&queue->reading);
	kfree(message);
	return result;
}

static ssize_t queue_file_write(struct file *file, const char __user *buffer, size_t size, loff_t *offset)
{
	struct gunyah_queue_file *queue = file->private_data;
	struct gunyah_message *message;
	int result;

	if (!size || size > GUNYAH_MESSAGE_SIZE)
		return -EMSGSIZE;
	message = kzalloc(sizeof(*message), GFP_KERNEL);
	if (!message)
		return -ENOMEM;
	message->size = size;
	message->push = true;
	if (copy_from_user(message->data, buffer, size)) {
		kfree(message);
		return -EFAULT;
	}
	mutex_lock(&queue->sending);
	if (!READ_ONCE(queue->open) || queue_file_ended(queue))
		result = -EPIPE;
	else
		result = mbox_send_message(&queue->queues.channel, message);
	mutex_unlock(&queue->sending);
	kfree(message);
	return result < 0 ? result : size;
}

static __poll_t queue_file_poll(struct file *file, poll_table *table)
{
	struct gunyah_queue_file *queue = file->private_data;

	poll_wait(file, &queue->wait, table);
	return EPOLLOUT | EPOLLWRNORM | (kfifo_is_empty(&queue->kept) && !queue_file_ended(queue) ? 0 : EPOLLIN | EPOLLRDNORM);
}

static int queue_file_release(struct inode *inode, struct file *file)
{
	struct gunyah_queue_file *queue = file->private_data;

	gunyah_vm_put(queue->function.vm);
	return 0;
}

static const struct file_operations queue_file_operations = {
	.owner = THIS_MODULE,
	.read = queue_file_read,
	.write = queue_file_write,
	.poll = queue_file_poll,
	.release = queue_file_release,
	.llseek = no_llseek,
};

static int queue_file_bind(struct gunyah_function *function)
{
	const struct gunyah_resource *send = gunyah_resource_find(function->vm, GUNYAH_QUEUE_SEND, function->label);
	const struct gunyah_resource *receive = gunyah_resource_find(function->vm, GUNYAH_QUEUE_RECEIVE, function->label);
	struct gunyah_queue_file *queue = of_function(function);
	struct gunyah_queue_ends ends;
	int error;

	if (!send || !receive)
		return -ENODEV;
	ends.send = le64_to_cpu(send->capability);
	ends.receive = le64_to_cpu(receive->capability);
	ends.send_irq = gunyah_resource_irq(function->vm, send);
	if (ends.send_irq < 0)
		return ends.send_irq;
	ends.receive_irq = gunyah_resource_irq(function->vm, receive);
	if (ends.receive_irq < 0) {
		irq_dispose_mapping(ends.send_irq);
		return ends.receive_irq;
	}
	queue->client = (struct mbox_client){
		.dev = function->vm->manager->dev,
		.rx_callback = queue_file_received,
		.tx_block = true,
		.tx_tout = 10000,
	};
	error = gunyah_queues_open(&queue->queues, function->vm->manager->dev, "gunyah-queue", &ends, &queue->client);
	if (error) {
		irq_dispose_mapping(ends.receive_irq);
		irq_dispose_mapping(ends.send_irq);
		return error;
	}
	queue->notifier.notifier_call = queue_file_notified;
	blocking_notifier_chain_register(&function->vm->manager->rpc.notifications, &queue->notifier);
	WRITE_ONCE(queue->open, true);
	return 0;
}

static void queue_file_unbind(struct gunyah_function *function)
{
	struct gunyah_queue_file *queue = of_function(function);
	struct gunyah_queue_ends ends = queue->queues.ends;

	WRITE_ONCE(queue->open, false);
	blocking_notifier_chain_unregister(&function->vm->manager->rpc.notifications, &queue->notifier);
	gunyah_queues_close(&queue->queues);
	irq_dispose_mapping(ends.receive_irq);
	irq_dispose_mapping(ends.send_irq);
	if (queue->lost)
		dev_warn(function->vm->manager->dev, "VM %u sent %lu messages that nobody read\n", function->vm->vmid, queue->lost);
}

static void queue_file_free(struct gunyah_function *function)
{
	kfree(of_function(function));
}

int gunyah_queue_file_add(struct gunyah_vm *vm, const struct gunyah_queues_argument *argument, struct gunyah_function **function)
{
	struct gunyah_queue_file *queue = kzalloc(sizeof(*queue), GFP_KERNEL);
	int result;

	if (!queue)
		return -ENOMEM;
	mutex_init(&queue->sending);
	mutex_init(&queue->reading);
	init_waitqueue_head(&queue->wait);
	INIT_KFIFO(queue->kept);
	queue->function.bind = queue_file_bind;
	queue->function.unbind = queue_file_unbind;
	queue->function.free = queue_file_free;
	queue->function.vm = vm;
	gunyah_vm_get(vm);
	result = anon_inode_getfd("gunyah-queues", &queue_file_operations, queue, O_RDWR | O_CLOEXEC);
	if (result < 0) {
		kfree(queue);
		gunyah_vm_put(vm);
		return result;
	}
	*function = &queue->function;
	return result;
}
