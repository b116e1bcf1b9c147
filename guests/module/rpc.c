// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <asm/unaligned.h>

#include "rpc.h"

#define HEADER_SIZE	8
#define CONTENT_SIZE	(GUNYAH_MESSAGE_SIZE - HEADER_SIZE)
#define MOST_FRAGMENTS	62
#define VERSION		0x21

#define TYPE(byte)	((byte) & 3)
#define FRAGMENTS(byte)	((byte) >> 2)

#define PATIENCE	(30 * HZ)

enum {
	CONTINUATION,
	REQUEST,
	REPLY,
	NOTIFICATION,
};

struct gunyah_call {
	struct completion done;
	u32 id;
	int error;
	void *payload;
	size_t size;
};

/* gunyah-rm.md 4. */
static int rpc_errno(u32 error)
{
	switch (error) {
	case 0x00:
		return 0;
	case 0x01:
		return -ENOMEM;
	case 0x02:
		return -ENODEV;
	case 0x03:
		return -EPERM;
	case 0x05:
	case 0x12:
		return -EBUSY;
	case 0x14:
		return -EBADFD;
	case 0xffffffff:
		return -EOPNOTSUPP;
	default:
		return -EINVAL;
	}
}

static void rpc_drop(struct gunyah_rpc *rpc)
{
	kfree(rpc->partial.payload);
	rpc->partial = (struct gunyah_rpc_message){ 0 };
}

/* The lock of the table is what a caller that gives up and its late reply meet at. */
static void rpc_answer(struct gunyah_rpc *rpc, struct gunyah_rpc_message *message)
{
	struct gunyah_call *call;

	xa_lock(&rpc->calls);
	call = xa_load(&rpc->calls, message->sequence);
	if (call && call->id == message->id) {
		__xa_erase(&rpc->calls, message->sequence);
		if (message->size < sizeof(u32)) {
			call->error = -EBADMSG;
		} else {
			call->error = rpc_errno(get_unaligned_le32(message->payload));
			call->payload = message->payload;
			call->size = message->size;
			message->payload = NULL;
		}
		complete(&call->done);
	}
	xa_unlock(&rpc->calls);
}

static void rpc_deliver(struct gunyah_rpc *rpc)
{
	struct gunyah_rpc_message *message = &rpc->partial;

	if (message->type == REPLY) {
		rpc_answer(rpc, message);
	} else {
		struct gunyah_notification notification = {
			.id = message->id, .payload = message->payload, .size = message->size,
		};

		blocking_notifier_call_chain(&rpc->notifications, message->id, &notification);
	}
	rpc_drop(rpc);
}

static void rpc_append(struct gunyah_rpc *rpc, const u8 *content, size_t size)
{
	memcpy(rpc->partial.payload + rpc->partial.size, content, size);
	rpc->partial.size += size;
	if (!rpc->partial.left)
		rpc_deliver(rpc);
}

/* One fragment. What does not fit to the message that is being put together ends that message (gunyah-rm.md 1.8). */
static void rpc_receive(struct mbox_client *client, void *data)
{
	struct gunyah_rpc *rpc = container_of(client, struct gunyah_rpc, client);
	const struct gunyah_message *fragment = data;
	struct gunyah_rpc_message *partial = &rpc->partial;
	const u8 *header = fragment->data;
	size_t size = fragment->size - HEADER_SIZE;
	u8 fragments;

	if (fragment->size < HEADER_SIZE || fragment->size > GUNYAH_MESSAGE_SIZE || header[0] != VERSION) {
		dev_warn_ratelimited(rpc->queues.controller.dev, "a message of %zu bytes is no fragment\n", fragment->size);
		return;
	}
	fragments = FRAGMENTS(header[1]);
	switch (TYPE(header[1])) {
	case CONTINUATION:
		if (!partial->left)
			return;
		if (partial->id != get_unaligned_le32(header + 4) || partial->fragments != fragments) {
			rpc_drop(rpc);
			return;
		}
		partial->left--;
		break;
	case REPLY:
	case NOTIFICATION:
		rpc_drop(rpc);
		if (fragments > MOST_FRAGMENTS)
			return;
		*partial = (struct gunyah_rpc_message){
			.type = TYPE(header[1]),
			.sequence = get_unaligned_le16(header + 2),
			.id = get_unaligned_le32(header + 4),
			.fragments = fragments,
			.left = fragments,
			.payload = kmalloc_array(fragments + 1, CONTENT_SIZE, GFP_KERNEL),
		};
		if (!partial->payload) {
			rpc_drop(rpc);
			return;
		}
		break;
	default:
		dev_warn_ratelimited(rpc->queues.controller.dev, "the Resource Manager sends a request\n");
		return;
	}
	rpc_append(rpc, header + HEADER_SIZE, size);
}

/* Fragments of two messages never mix. */
static int rpc_send(struct gunyah_rpc *rpc, u16 sequence, u32 id, const u8 *payload, size_t size)
{
	size_t more = size ? DIV_ROUND_UP(size, CONTENT_SIZE) - 1 : 0;
	struct gunyah_message *message;
	int error = 0;
	size_t i;

	message = kzalloc(sizeof(*message), GFP_KERNEL);
	if (!message)
		return -ENOMEM;
	mutex_lock(&rpc->sending);
	for (i = 0; i <= more; i++) {
		size_t part = min_t(size_t, CONTENT_SIZE, size - i * CONTENT_SIZE);

		message->data[0] = VERSION;
		message->data[1] = (i ? CONTINUATION : REQUEST) | more << 2;
		put_unaligned_le16(sequence, message->data + 2);
		put_unaligned_le32(id, message->data + 4);
		memcpy(message->data + HEADER_SIZE, payload + i * CONTENT_SIZE, part);
		message->size = HEADER_SIZE + part;
		message->push = i == more;
		error = mbox_send_message(&rpc->queues.channel, message);
		if (error < 0)
			break;
	}
	mutex_unlock(&rpc->sending);
	kfree(message);
	return error < 0 ? error : 0;
}

int gunyah_rpc_call(struct gunyah_rpc *rpc, u32 id, const void *request, size_t size, void **reply, size_t *reply_size)
{
	struct gunyah_call call = { .id = id, .error = -ETIMEDOUT };
	u32 sequence;
	int error;

	if (size > GUNYAH_RPC_LARGEST)
		return -E2BIG;
	init_completion(&call.done);
	error = xa_alloc_cyclic(&rpc->calls, &sequence, &call, XA_LIMIT(0, U16_MAX), &rpc->next, GFP_KERNEL);
	if (error < 0)
		return error;
	error = rpc_send(rpc, sequence, id, request, size);
	if (!error && !wait_for_completion_timeout(&call.done, PATIENCE))
		dev_err(rpc->queues.controller.dev, "no answer to request 0x%08x\n", id);
	/* From here on a late reply finds nobody; one that is being given out now has been. */
	xa_cmpxchg(&rpc->calls, sequence, &call, NULL, GFP_KERNEL);
	if (!error)
		error = call.error;
	if (reply) {
		*reply = NULL;
		*reply_size = 0;
	}
	if (!error && reply && call.size > sizeof(u32)) {
		*reply_size = call.size - sizeof(u32);
		*reply = kmemdup(call.payload + sizeof(u32), *reply_size, GFP_KERNEL);
		if (!*reply)
			error = -ENOMEM;
	}
	kfree(call.payload);
	return error;
}

int gunyah_rpc_open(struct gunyah_rpc *rpc, struct device *dev, const struct gunyah_queue_ends *ends)
{
	mutex_init(&rpc->sending);
	xa_init_flags(&rpc->calls, XA_FLAGS_ALLOC);
	BLOCKING_INIT_NOTIFIER_HEAD(&rpc->notifications);
	rpc->client = (struct mbox_client){
		.dev = dev,
		.rx_callback = rpc_receive,
		.tx_block = true,
	};
	return gunyah_queues_open(&rpc->queues, dev, "gunyah-rm", ends, &rpc->client);
}

void gunyah_rpc_close(struct gunyah_rpc *rpc)
{
	gunyah_queues_close(&rpc->queues);
	rpc_drop(rpc);
	xa_destroy(&rpc->calls);
}
