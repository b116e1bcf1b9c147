namespace Gunyah.Aarch64.State;

/// <summary>The system registers whose value a core stores.</summary>
internal enum Register
{
#pragma warning disable CS1591 // The names are the manual's, and SystemRegisterTable says what each is.
    Sctlr,
    Actlr,
    Cpacr,
    Ttbr0,
    Ttbr1,
    Tcr,
    Spsr,
    Elr,
    Afsr0,
    Afsr1,
    Esr,
    Far,
    Par,
    Mair,
    Amair,
    Vbar,
    ContextId,
    TpidrEl0,
    TpidrroEl0,
    TpidrEl1,
    Csselr,
    Cntkctl,
    Mdscr,
    Osdlr,
    Mdccint,
    Count,
#pragma warning restore CS1591
}
