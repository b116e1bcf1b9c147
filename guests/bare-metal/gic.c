/* SPDX-License-Identifier: Apache-2.0 */
/*
 * As much of a GICv3 (Arm IHI 0069, chapters 8 and 12) as lets a vCPU sleep until a message comes. Interrupts stay masked: one that is pending ends
 * a WFI all the same, and is acknowledged there.
 */
#include "guest.h"

#define GICD_CTLR		0x0000
#define GICD_CTLR_ENABLE	0x13 /* affinity routing, both groups that may be there */
#define GICD_IGROUPR(n)		(0x0080 + 4 * (n))
#define GICD_ISENABLER(n)	(0x0100 + 4 * (n))
#define GICD_ICFGR(n)		(0x0c00 + 4 * (n))
#define GICD_IROUTER(n)		(0x6000 + 8 * (n))
#define GICR_WAKER		0x0014
#define WAKER_SLEEP		(1u << 1)
#define WAKER_ASLEEP		(1u << 2)

#define FIRST_SPI		32
#define SPURIOUS		1020

static volatile uint8_t *distributor;

static uint32_t load(uintptr_t address)
{
	return *(volatile uint32_t *)address;
}

static void store(uintptr_t address, uint32_t value)
{
	*(volatile uint32_t *)address = value;
}

static void set_bits(uintptr_t offset, uint32_t bits)
{
	uintptr_t address = (uintptr_t)distributor + offset;

	store(address, load(address) | bits);
}

bool gic_use(const struct fdt *fdt)
{
	struct fdt_node node;
	struct fdt_value reg;
	uint64_t redistributor;

	if (!fdt_find(fdt, "arm,gic-v3", NULL, &node) || !fdt_property(fdt, &node, "reg", &reg))
		return false;
	redistributor = fdt_number(reg, node.address_cells + node.size_cells, node.address_cells);
	if (reg.size < 4 * (2 * node.address_cells + node.size_cells))
		return false;
	distributor = (volatile uint8_t *)fdt_number(reg, 0, node.address_cells);
	store((uintptr_t)distributor + GICD_CTLR, GICD_CTLR_ENABLE);
	store(redistributor + GICR_WAKER, load(redistributor + GICR_WAKER) & ~WAKER_SLEEP);
	while (load(redistributor + GICR_WAKER) & WAKER_ASLEEP)
		;
	__asm__ volatile("msr S3_0_C12_C12_5, %0\n\tisb" : : "r"(7ul));		/* ICC_SRE_EL1 */
	__asm__ volatile("msr S3_0_C4_C6_0, %0" : : "r"(0xfful));		/* ICC_PMR_EL1 */
	__asm__ volatile("msr S3_0_C12_C12_7, %0\n\tisb" : : "r"(1ul));		/* ICC_IGRPEN1_EL1 */
	return true;
}

/* All shared interrupts of a node, as edges of this vCPU: a specifier has three cells, and 0 in the first says shared. */
void gic_enable(const struct fdt *fdt, const struct fdt_node *node)
{
	struct fdt_value interrupts;

	if (!distributor || !fdt_property(fdt, node, "interrupts", &interrupts))
		return;
	for (uint32_t cell = 0; cell + 3 <= interrupts.size / 4; cell += 3) {
		uint32_t id = fdt_cell(interrupts, cell + 1) + FIRST_SPI;
		uint64_t mpidr;

		if (fdt_cell(interrupts, cell) != 0 || id >= SPURIOUS)
			continue;
		__asm__("mrs %0, mpidr_el1" : "=r"(mpidr));
		*(volatile uint64_t *)(distributor + GICD_IROUTER(id)) = mpidr & 0xff00fffffful;
		set_bits(GICD_ICFGR(id / 16), 2u << (id % 16 * 2));
		set_bits(GICD_IGROUPR(id / 32), 1u << id % 32);
		store((uintptr_t)distributor + GICD_ISENABLER(id / 32), 1u << id % 32);
	}
}

/* Until an interrupt comes, or at once where there is no controller: the caller looks again. */
void gic_wait(void)
{
	uint64_t id;

	if (!distributor)
		return;
	__asm__ volatile("wfi" : : : "memory");
	for (;;) {
		__asm__ volatile("mrs %0, S3_0_C12_C12_0" : "=r"(id));		/* ICC_IAR1_EL1 */
		if (id >= SPURIOUS)
			return;
		__asm__ volatile("msr S3_0_C12_C12_1, %0" : : "r"(id));		/* ICC_EOIR1_EL1 */
	}
}
