/* SPDX-License-Identifier: Apache-2.0 */
/* Requests to the Resource Manager: messages in fragments, each with a header of 8 bytes (gunyah-rm.md 1.2 to 1.6). */
#include "guest.h"

#define HEADER_SIZE	8
#define CONTENT_SIZE	(MESSAGE_SIZE - HEADER_SIZE)
#define MOST_FRAGMENTS	62

#define VERSION		0x21
#define CONTINUATION	0
#define REQUEST		1
#define REPLY		2
#define TYPE(byte)	((byte) & 3)
#define FRAGMENTS(byte)	((byte) >> 2)

static uint16_t sequence;

static void put_le32(uint8_t *bytes, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		bytes[i] = (uint8_t)(value >> (8 * i));
}

static uint32_t le32(const uint8_t *bytes)
{
	return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static bool send_request(const struct queues *queues, uint32_t message, const uint8_t *payload, size_t size)
{
	uint8_t fragment[MESSAGE_SIZE] __attribute__((aligned(16)));
	size_t more = size ? (size - 1) / CONTENT_SIZE : 0;

	if (more > MOST_FRAGMENTS)
		return false;
	for (size_t i = 0; i <= more; i++) {
		size_t part = i < more ? CONTENT_SIZE : size - more * CONTENT_SIZE;

		fragment[0] = VERSION;
		fragment[1] = (uint8_t)((i ? CONTINUATION : REQUEST) | more << 2);
		fragment[2] = (uint8_t)sequence;
		fragment[3] = (uint8_t)(sequence >> 8);
		put_le32(fragment + 4, message);
		if (part)
			memcpy(fragment + HEADER_SIZE, payload + i * CONTENT_SIZE, part);
		if (!queue_send(queues, fragment, HEADER_SIZE + part, i == more))
			return false;
	}
	return true;
}

/* Collects the reply with our sequence number; notifications are for those who asked for some. */
static bool take_reply(const struct queues *queues, uint32_t message, struct rm_reply *reply)
{
	uint8_t fragment[MESSAGE_SIZE] __attribute__((aligned(16)));
	uint8_t first = REPLY;
	uint32_t left = 1, size = 0;

	while (left) {
		size_t count = queue_receive(queues, fragment);
		const uint8_t *content = fragment + HEADER_SIZE;

		if (!count)
			return false;
		if (count < HEADER_SIZE || fragment[0] != VERSION || TYPE(fragment[1]) != first)
			continue;
		if ((fragment[2] | fragment[3] << 8) != sequence || le32(fragment + 4) != message)
			continue;
		count -= HEADER_SIZE;
		if (first == REPLY) {
			if (count < 4)
				return false;
			left = FRAGMENTS(fragment[1]) + 1u;
			first = CONTINUATION;
			reply->error = le32(content);
			content += 4;
			count -= 4;
		}
		if (count > sizeof(reply->bytes) - size)
			return false;
		memcpy(reply->bytes + size, content, count);
		size += (uint32_t)count;
		left--;
	}
	reply->size = size;
	return true;
}

void rm_call(const struct queues *queues, uint32_t message, const void *payload, size_t size, struct rm_reply *reply)
{
	sequence++;
	if (!send_request(queues, message, payload, size) || !take_reply(queues, message, reply))
		*reply = (struct rm_reply){ .error = RM_BROKEN };
}

uint32_t rm_word(const struct rm_reply *reply, uint32_t offset)
{
	return offset + 4 <= reply->size ? le32(reply->bytes + offset) : 0;
}
