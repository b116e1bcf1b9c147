// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/device.h>

#include "hypercall.h"
#include "queues.h"

static struct gunyah_queues *of_channel(struct mbox_chan *channel)
{
	return container_of(channel->mbox, struct gunyah_queues, controller);
}

/*
 * With a lock of the mailbox framework held: the result of a message that is in the queue goes back by a tasklet. A message that fills the queue is
 * done when the interrupt says that there is room again, and one that finds it full comes back then.
 */
static int queues_send(struct mbox_chan *channel, void *data)
{
	struct gunyah_queues *queues = of_channel(channel);
	struct gunyah_message *message = data;
	bool not_full;
	int error;

	error = gunyah_queue_send(queues->ends.send, message->data, message->size, message->push, &not_full);
	if (error == GUNYAH_MSGQUEUE_FULL)
		return -EAGAIN;
	queues->status = gunyah_errno(error);
	if (error || not_full)
		tasklet_schedule(&queues->sent);
	return 0;
}

static const struct mbox_chan_ops queues_ops = {
	.send_data = queues_send,
};

static void queues_sent(struct tasklet_struct *tasklet)
{
	struct gunyah_queues *queues = from_tasklet(queues, tasklet, sent);

	mbox_chan_txdone(&queues->channel, queues->status);
}

static irqreturn_t queues_have_room(int irq, void *data)
{
	struct gunyah_queues *queues = data;

	mbox_chan_txdone(&queues->channel, 0);
	return IRQ_HANDLED;
}

/* The interrupt is an edge: what is in the queue is taken to the last message, or it would stay there until the next comes. */
static irqreturn_t queues_receive(int irq, void *data)
{
	struct gunyah_queues *queues = data;
	struct gunyah_message *message = &queues->received;
	bool more;

	mutex_lock(&queues->receiving);
	do {
		if (gunyah_queue_receive(queues->ends.receive, message->data, sizeof(message->data), &message->size, &more))
			break;
		mbox_chan_received_data(&queues->channel, message);
	} while (more);
	mutex_unlock(&queues->receiving);
	return IRQ_HANDLED;
}

int gunyah_queues_open(struct gunyah_queues *queues, struct device *dev, const char *name, const struct gunyah_queue_ends *ends,
		       struct mbox_client *client)
{
	int error;

	queues->ends = *ends;
	queues->name = name;
	mutex_init(&queues->receiving);
	tasklet_setup(&queues->sent, queues_sent);
	queues->controller = (struct mbox_controller){
		.dev = dev,
		.ops = &queues_ops,
		.chans = &queues->channel,
		.num_chans = 1,
		.txdone_irq = true,
	};
	error = mbox_controller_register(&queues->controller);
	if (error)
		return error;
	error = mbox_bind_client(&queues->channel, client);
	if (error)
		goto unregister;
	error = request_irq(ends->send_irq, queues_have_room, 0, name, queues);
	if (error)
		goto unregister;
	error = request_threaded_irq(ends->receive_irq, NULL, queues_receive, IRQF_ONESHOT, name, queues);
	if (error)
		goto free_send;
	/* What came before anybody listened has raised its interrupt already. */
	queues_receive(ends->receive_irq, queues);
	return 0;

free_send:
	free_irq(ends->send_irq, queues);
unregister:
	mbox_controller_unregister(&queues->controller);
	return error;
}

void gunyah_queues_close(struct gunyah_queues *queues)
{
	free_irq(queues->ends.receive_irq, queues);
	free_irq(queues->ends.send_irq, queues);
	tasklet_kill(&queues->sent);
	mbox_controller_unregister(&queues->controller);
}
