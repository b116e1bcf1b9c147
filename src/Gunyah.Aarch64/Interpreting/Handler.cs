// What an instruction does when it runs; Instruction says what it may do.
global using unsafe Handler = delegate*<
    Gunyah.Aarch64.State.CoreState*, Gunyah.Aarch64.Interpreting.Instruction*, Gunyah.Aarch64.Interpreting.Instruction*>;
