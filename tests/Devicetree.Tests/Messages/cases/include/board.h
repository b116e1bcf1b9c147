#ifndef BOARD_H
#define BOARD_H
#define UART_BASE 0x1000
#define UART_CLOCK 24000000 Hz
#define PIN(bank, number) ((bank) * 32 + (number))
#define ENABLED status = "okay"
#endif
