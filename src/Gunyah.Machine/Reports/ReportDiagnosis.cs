using Devicetree.Text.Diagnostics;
using Gunyah.Abi.Rpc;

namespace Gunyah.Machine.Reports;

/// <summary>Says why a run was not good.</summary>
public static class ReportDiagnosis
{
    /// <summary>Reports everything that went wrong; nothing for a good run.</summary>
    public static void Diagnose(this MachineReport report, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(diagnostics);
        foreach (ProgramResult result in report.Results.Where(static result => result.Code != 0))
        {
            if (report.End == MachineEnd.Refused)
                diagnostics.Report(RunRules.Refused, default, result.Text);
            else
                diagnostics.Report(RunRules.ProgramFailed, default, result.Vm, result.Text);
        }

        foreach (string fault in report.Faults)
            diagnostics.Report(RunRules.VcpuFaulted, default, fault);
        foreach (LeftOver left in report.LeftOvers ?? [])
            diagnostics.Report(RunRules.LeftBehind, default, left.What, left.Before, left.After);
        DiagnoseEnd(report, diagnostics);
    }

    private static void DiagnoseEnd(MachineReport report, DiagnosticBag diagnostics)
    {
        switch (report.End)
        {
            case MachineEnd.Deadlock:
                diagnostics.Report(RunRules.Deadlock, default, report.Time / 1_000_000);
                break;
            case MachineEnd.TimedOut:
                diagnostics.Report(RunRules.TimedOut, default);
                break;
            case MachineEnd.Stopped:
                diagnostics.Report(RunRules.Stopped, default);
                break;
            case MachineEnd.Completed when report.RunsKernel:
                if (report.PrimaryExit != VmExitType.PlatformOff)
                    diagnostics.Report(RunRules.EndedBadly, default, WordsOf(report.PrimaryExit));
                break;
            case MachineEnd.Completed when report.Results.IsEmpty:
                diagnostics.Report(RunRules.NoResult, default);
                break;
        }
    }

    private static string WordsOf(VmExitType? exit) => exit switch
    {
        VmExitType.PlatformReset or VmExitType.PsciSystemReset2 => "it reset the VM",
        VmExitType.SoftwareError => "a vCPU faulted",
        VmExitType.VmExit => "it asked the Resource Manager to end the VM",
        _ => $"the VM ended by {exit}",
    };
}
