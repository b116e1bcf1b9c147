/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#ifndef GUNYAH_DEVICE_H
#define GUNYAH_DEVICE_H

struct gunyah_manager;

int gunyah_device_add(struct gunyah_manager *manager);
void gunyah_device_remove(struct gunyah_manager *manager);

#endif
