namespace Devicetree.Checks;

internal static partial class CheckExplanations
{
    /// <summary>Checks of phandles with arguments and of what counts those.</summary>
    private static CheckExplanation? Providers(string name) =>
        name switch
        {
            "clocks_property" => new(
                "The kernel cuts the list by the counts of its providers. The driver gets another clock, or none, "
                    + "and fails to probe.",
                """
                /dts-v1/;
                / {
                	clk: clk {
                		#clock-cells = <2>;
                	};
                	uart {
                		clocks = <&clk 0>;
                	};
                };
                """),
            "clocks_is_cell" => new(
                "Without one number, no 'clocks' that refers to this node can be taken apart, and its drivers "
                    + "fail to probe.",
                """
                /dts-v1/;
                / {
                	clk {
                		#clock-cells = <0 1>;
                	};
                };
                """),
            "cooling_device_property" => new(
                "The kernel cuts the list by the counts of its providers. The thermal zone cannot switch its "
                    + "cooling device on, and the system overheats or shuts down.",
                """
                /dts-v1/;
                / {
                	fan: fan {
                		#cooling-cells = <2>;
                	};
                	map0 {
                		cooling-device = <&fan 0>;
                	};
                };
                """),
            "cooling_device_is_cell" => new(
                "Without one number, no 'cooling-device' that refers to this node can be taken apart, and its "
                    + "drivers fail to probe.",
                """
                /dts-v1/;
                / {
                	fan {
                		#cooling-cells = <0 1>;
                	};
                };
                """),
            "dmas_property" => new(
                "The kernel cuts the list by the counts of its providers. The driver gets another DMA channel, or "
                    + "none, and falls back to slow transfers or fails.",
                """
                /dts-v1/;
                / {
                	dma: dma {
                		#dma-cells = <2>;
                	};
                	uart {
                		dmas = <&dma 0>;
                	};
                };
                """),
            "dmas_is_cell" => new(
                "Without one number, no 'dmas' that refers to this node can be taken apart, and its drivers fail "
                    + "to probe.",
                """
                /dts-v1/;
                / {
                	dma {
                		#dma-cells = <0 1>;
                	};
                };
                """),
            "hwlocks_property" => new(
                "The kernel cuts the list by the counts of its providers. The driver takes another hardware lock "
                    + "than its partner processor, and shared data is damaged.",
                """
                /dts-v1/;
                / {
                	lock: lock {
                		#hwlock-cells = <2>;
                	};
                	mailbox {
                		hwlocks = <&lock 0>;
                	};
                };
                """),
            "hwlocks_is_cell" => new(
                "Without one number, no 'hwlocks' that refers to this node can be taken apart, and its drivers "
                    + "fail to probe.",
                """
                /dts-v1/;
                / {
                	lock {
                		#hwlock-cells = <0 1>;
                	};
                };
                """),
            "interrupts_extended_property" => new(
                "The kernel cuts the list by the counts of its providers. The driver waits for another interrupt, "
                    + "or for none.",
                """
                /dts-v1/;
                / {
                	gic: gic {
                		interrupt-controller;
                		#interrupt-cells = <2>;
                	};
                	uart {
                		interrupts-extended = <&gic 0>;
                	};
                };
                """),
            "interrupts_extended_is_cell" => new(
                "Without one number, no 'interrupts-extended' that refers to this node can be taken apart, and "
                    + "its drivers fail to probe.",
                """
                /dts-v1/;
                / {
                	gic {
                		interrupt-controller;
                		#interrupt-cells = <0 1>;
                	};
                };
                """),
            "io_channels_property" => new(
                "The kernel cuts the list by the counts of its providers. The driver reads another channel of the "
                    + "converter, or fails to probe.",
                """
                /dts-v1/;
                / {
                	adc: adc {
                		#io-channel-cells = <2>;
                	};
                	sensor {
                		io-channels = <&adc 0>;
                	};
                };
                """),
            "io_channels_is_cell" => new(
                "Without one number, no 'io-channels' that refers to this node can be taken apart, and its "
                    + "drivers fail to probe.",
                """
                /dts-v1/;
                / {
                	adc {
                		#io-channel-cells = <0 1>;
                	};
                };
                """),
            "iommus_property" => new(
                "The kernel cuts the list by the counts of its providers. The device is not attached to its "
                    + "IOMMU: its DMA is blocked, or runs without protection.",
                """
                /dts-v1/;
                / {
                	smmu: smmu {
                		#iommu-cells = <2>;
                	};
                	gpu {
                		iommus = <&smmu 0>;
                	};
                };
                """),
            "iommus_is_cell" => new(
                "Without one number, no 'iommus' that refers to this node can be taken apart, and its drivers "
                    + "fail to probe.",
                """
                /dts-v1/;
                / {
                	smmu {
                		#iommu-cells = <0 1>;
                	};
                };
                """),
            "mboxes_property" => new(
                "The kernel cuts the list by the counts of its providers. The driver sends through another "
                    + "mailbox channel, and the firmware does not answer.",
                """
                /dts-v1/;
                / {
                	mbox: mbox {
                		#mbox-cells = <2>;
                	};
                	firmware {
                		mboxes = <&mbox 0>;
                	};
                };
                """),
            "mboxes_is_cell" => new(
                "Without one number, no 'mboxes' that refers to this node can be taken apart, and its drivers "
                    + "fail to probe.",
                """
                /dts-v1/;
                / {
                	mbox {
                		#mbox-cells = <0 1>;
                	};
                };
                """),
            "msi_parent_property" => new(
                "The kernel cuts the list by the counts of its providers. Message-signalled interrupts of the bus "
                    + "reach no controller.",
                """
                /dts-v1/;
                / {
                	its: its {
                		#msi-cells = <2>;
                	};
                	pcie {
                		msi-parent = <&its 0>;
                	};
                };
                """),
            "msi_parent_is_cell" => new(
                "Without one number, no 'msi-parent' that refers to this node can be taken apart, and its drivers "
                    + "fail to probe.",
                """
                /dts-v1/;
                / {
                	its {
                		#msi-cells = <0 1>;
                	};
                };
                """),
            "mux_controls_property" => new(
                "The kernel cuts the list by the counts of its providers. The driver switches another "
                    + "multiplexer, or fails to probe.",
                """
                /dts-v1/;
                / {
                	mux: mux {
                		#mux-control-cells = <2>;
                	};
                	codec {
                		mux-controls = <&mux 0>;
                	};
                };
                """),
            "mux_controls_is_cell" => new(
                "Without one number, no 'mux-controls' that refers to this node can be taken apart, and its "
                    + "drivers fail to probe.",
                """
                /dts-v1/;
                / {
                	mux {
                		#mux-control-cells = <0 1>;
                	};
                };
                """),
            "phys_property" => new(
                "The kernel cuts the list by the counts of its providers. The controller starts without its PHY, "
                    + "or with another one, and finds no link.",
                """
                /dts-v1/;
                / {
                	phy: phy {
                		#phy-cells = <2>;
                	};
                	usb {
                		phys = <&phy 0>;
                	};
                };
                """),
            "phys_is_cell" => new(
                "Without one number, no 'phys' that refers to this node can be taken apart, and its drivers fail "
                    + "to probe.",
                """
                /dts-v1/;
                / {
                	phy {
                		#phy-cells = <0 1>;
                	};
                };
                """),
            "power_domains_property" => new(
                "The kernel cuts the list by the counts of its providers. The kernel switches on another domain, "
                    + "and the first access to the device hangs the system.",
                """
                /dts-v1/;
                / {
                	pd: pd {
                		#power-domain-cells = <2>;
                	};
                	gpu {
                		power-domains = <&pd 0>;
                	};
                };
                """),
            "power_domains_is_cell" => new(
                "Without one number, no 'power-domains' that refers to this node can be taken apart, and its "
                    + "drivers fail to probe.",
                """
                /dts-v1/;
                / {
                	pd {
                		#power-domain-cells = <0 1>;
                	};
                };
                """),
            "pwms_property" => new(
                "The kernel cuts the list by the counts of its providers. The driver gets another PWM output or a "
                    + "wrong period, and the backlight or fan misbehaves.",
                """
                /dts-v1/;
                / {
                	pwm: pwm {
                		#pwm-cells = <2>;
                	};
                	backlight {
                		pwms = <&pwm 0>;
                	};
                };
                """),
            "pwms_is_cell" => new(
                "Without one number, no 'pwms' that refers to this node can be taken apart, and its drivers fail "
                    + "to probe.",
                """
                /dts-v1/;
                / {
                	pwm {
                		#pwm-cells = <0 1>;
                	};
                };
                """),
            "resets_property" => new(
                "The kernel cuts the list by the counts of its providers. The driver resets another device, or "
                    + "leaves its own in reset.",
                """
                /dts-v1/;
                / {
                	rst: rst {
                		#reset-cells = <2>;
                	};
                	uart {
                		resets = <&rst 0>;
                	};
                };
                """),
            "resets_is_cell" => new(
                "Without one number, no 'resets' that refers to this node can be taken apart, and its drivers "
                    + "fail to probe.",
                """
                /dts-v1/;
                / {
                	rst {
                		#reset-cells = <0 1>;
                	};
                };
                """),
            "sound_dai_property" => new(
                "The kernel cuts the list by the counts of its providers. The sound card does not come up, "
                    + "because its part cannot be found.",
                """
                /dts-v1/;
                / {
                	i2s: i2s {
                		#sound-dai-cells = <2>;
                	};
                	cpu {
                		sound-dai = <&i2s 0>;
                	};
                };
                """),
            "sound_dai_is_cell" => new(
                "Without one number, no 'sound-dai' that refers to this node can be taken apart, and its drivers "
                    + "fail to probe.",
                """
                /dts-v1/;
                / {
                	i2s {
                		#sound-dai-cells = <0 1>;
                	};
                };
                """),
            "thermal_sensors_property" => new(
                "The kernel cuts the list by the counts of its providers. The thermal zone reads another sensor, "
                    + "or none, so it protects nothing.",
                """
                /dts-v1/;
                / {
                	tsens: tsens {
                		#thermal-sensor-cells = <2>;
                	};
                	cpu-thermal {
                		thermal-sensors = <&tsens 0>;
                	};
                };
                """),
            "thermal_sensors_is_cell" => new(
                "Without one number, no 'thermal-sensors' that refers to this node can be taken apart, and its "
                    + "drivers fail to probe.",
                """
                /dts-v1/;
                / {
                	tsens {
                		#thermal-sensor-cells = <0 1>;
                	};
                };
                """),
            _ => null,
        };
}
