/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* A pair of message queues, one for each direction, as a mailbox controller with one channel. */
#ifndef GUNYAH_QUEUES_H
#define GUNYAH_QUEUES_H

#include <linux/interrupt.h>
#include <linux/mailbox_client.h>
#include <linux/mailbox_controller.h>
#include <linux/mutex.h>

#define GUNYAH_MESSAGE_SIZE 240

/* What a client sends, and what it gets in its rx_callback. */
struct gunyah_message {
	size_t size;
	bool push;
	u8 data[GUNYAH_MESSAGE_SIZE] __aligned(8);
};

struct gunyah_queue_ends {
	u64 send;
	u64 receive;
	int send_irq;
	int receive_irq;
};

struct gunyah_queues {
	struct gunyah_queue_ends ends;
	struct mbox_controller controller;
	struct mbox_chan channel;
	struct tasklet_struct sent;
	int status;
	struct mutex receiving;
	struct gunyah_message received;
	const char *name;
};

int gunyah_queues_open(struct gunyah_queues *queues, struct device *dev, const char *name, const struct gunyah_queue_ends *ends,
		       struct mbox_client *client);
void gunyah_queues_close(struct gunyah_queues *queues);

#endif
