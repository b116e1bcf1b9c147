/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Requests to the Resource Manager and its notifications (gunyah-rm.md 1). */
#ifndef GUNYAH_RPC_H
#define GUNYAH_RPC_H

#include <linux/notifier.h>
#include <linux/xarray.h>

#include "queues.h"

/* The largest payload of a request: 62 fragments, as Linux's clients send them (gunyah-rm.md 1.2). */
#define GUNYAH_RPC_LARGEST (62 * 232)

struct gunyah_rpc_message {
	u8 type;
	u16 sequence;
	u32 id;
	u8 fragments;
	u8 left;
	size_t size;
	u8 *payload;
};

struct gunyah_notification {
	u32 id;
	const void *payload;
	size_t size;
};

struct gunyah_rpc {
	struct gunyah_queues queues;
	struct mbox_client client;
	struct mutex sending;
	struct xarray calls;
	u32 next;
	struct gunyah_rpc_message partial;
	struct blocking_notifier_head notifications;
};

int gunyah_rpc_open(struct gunyah_rpc *rpc, struct device *dev, const struct gunyah_queue_ends *ends);
void gunyah_rpc_close(struct gunyah_rpc *rpc);

/*
 * Asks and waits. *reply is the payload behind the error word, to be freed with kfree; a caller that passes NULL gets none.
 * Negative errno, also where the Resource Manager answers with an error.
 */
int gunyah_rpc_call(struct gunyah_rpc *rpc, u32 id, const void *request, size_t size, void **reply, size_t *reply_size);

#endif
