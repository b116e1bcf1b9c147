/* SPDX-License-Identifier: Apache-2.0 */
/* What a compiler calls by itself, in freestanding code too (GCC manual, "Standards"). Byte by byte: device memory wants aligned accesses. */
#include "guest.h"

void *memset(void *to, int value, size_t size)
{
	uint8_t *byte = to;

	while (size--)
		*byte++ = (uint8_t)value;
	return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	const uint8_t *source = from;
	uint8_t *byte = to;

	while (size--)
		*byte++ = *source++;
	return to;
}
