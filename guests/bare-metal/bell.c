/* SPDX-License-Identifier: Apache-2.0 */
#include "guest.h"

#define ALL_FLAGS	(~0ull)

/*
 * Where the devicetree has a doorbell and a register for the answer, as our VMM's has: every ring is answered with its number, until the register's
 * node has been answered as often as its "count" says.
 */
void bell_answer(const struct fdt *fdt)
{
	struct fdt_node bell, answer;
	struct fdt_value reg, value;
	volatile uint32_t *place;
	uint64_t doorbell;
	uint32_t count;

	if (!fdt_find(fdt, "gunyah-net,bell", NULL, &bell) || !fdt_property(fdt, &bell, "reg", &reg) ||
	    !fdt_find(fdt, "gunyah-net,ring-back", "count", &answer) || !fdt_property(fdt, &answer, "count", &value))
		return;
	doorbell = fdt_number(reg, 0, 2);
	gic_enable(fdt, &bell);
	count = fdt_cell(value, 0);
	if (!fdt_property(fdt, &answer, "reg", &reg))
		return;
	place = (volatile uint32_t *)fdt_number(reg, 0, answer.address_cells);
	for (uint32_t ring = 1; ring <= count; ring++) {
		struct registers call;

		for (;;) {
			call = (struct registers){ .x = { doorbell, ALL_FLAGS } };
			doorbell_receive(&call);
			if (call.x[0] || call.x[1])
				break;
			gic_wait();
		}
		if (call.x[0]) {
			put_line("guest: the doorbell answers ", call.x[0]);
			return;
		}
		*place = ring;
	}
	put_line("guest: rings answered: ", count);
}
