/* SPDX-License-Identifier: Apache-2.0 */
#include "guest.h"

#define OK		0
#define MSGQUEUE_EMPTY	60
#define MSGQUEUE_FULL	61

#define PUSH		1

/* reg has the capability for sending, then the one for receiving; 64 bits each. */
bool queues_of(const struct fdt *fdt, const struct fdt_node *node, struct queues *queues)
{
	struct fdt_value reg;

	if (!fdt_property(fdt, node, "reg", &reg) || reg.size != 16)
		return false;
	queues->send = fdt_number(reg, 0, 2);
	queues->receive = fdt_number(reg, 2, 2);
	gic_enable(fdt, node);
	return true;
}

/* Sends one message; waits while the queue is full. */
bool queue_send(const struct queues *queues, const void *message, size_t size, bool push)
{
	struct registers call;

	for (;;) {
		call = (struct registers){ .x = { queues->send, size, (uintptr_t)message, push ? PUSH : 0 } };
		msgqueue_send(&call);
		if ((int32_t)call.x[0] != MSGQUEUE_FULL)
			break;
		gic_wait();
	}
	return (int32_t)call.x[0] == OK;
}

/* Waits for one message of at most MESSAGE_SIZE bytes. 0 if there will be none. */
size_t queue_receive(const struct queues *queues, void *message)
{
	struct registers call;

	for (;;) {
		call = (struct registers){ .x = { queues->receive, (uintptr_t)message, MESSAGE_SIZE } };
		msgqueue_receive(&call);
		if ((int32_t)call.x[0] != MSGQUEUE_EMPTY)
			break;
		gic_wait();
	}
	return (int32_t)call.x[0] == OK ? call.x[1] : 0;
}
