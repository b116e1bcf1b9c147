/* SPDX-License-Identifier: Apache-2.0 */
#include "guest.h"

/* PL011 (Arm DDI 0183, 3.2): the data register, and the flag that its FIFO is full. */
#define UARTDR		0x00
#define UARTFR		0x18
#define UARTFR_TXFF	(1u << 5)

static volatile uint8_t *uart;

void console_use(uint64_t base)
{
	uart = (volatile uint8_t *)base;
}

static void put_byte(char byte)
{
	if (!uart)
		return;
	while (*(volatile uint32_t *)(uart + UARTFR) & UARTFR_TXFF)
		;
	*(volatile uint32_t *)(uart + UARTDR) = (uint8_t)byte;
}

void put(const char *text)
{
	for (; *text; text++)
		put_byte(*text);
}

void put_hex(uint64_t value)
{
	int shift = 60;

	while (shift && !(value >> shift))
		shift -= 4;
	put("0x");
	for (; shift >= 0; shift -= 4)
		put_byte("0123456789abcdef"[(value >> shift) & 0xf]);
}

void put_line(const char *text, uint64_t value)
{
	put(text);
	put_hex(value);
	put("\n");
}
