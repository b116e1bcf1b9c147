using System.Text;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Source.Preprocessing;

/// <summary>Carries out directives.</summary>
internal sealed class DirectiveRunner(PreprocessorState state)
{
    private readonly ConditionReader _conditions = new(state);
    private readonly IncludeReader _includes = new(state);

    /// <summary>Carries out the current step of a file and goes to the step that follows from it.</summary>
    public void Run(FileFrame file)
    {
        ref readonly Step step = ref file.Current;
        if (step.Payload is DirectiveProblem problem)
            state.Diagnostics.Report(problem.Rule, file.Span(problem.Start, problem.End), problem.Argument);
        if (step.Flags.HasFlag(StepFlags.ExtraTokens))
            state.Diagnostics.Report(PreprocessorRules.ExtraTokens, file.Span(step), FileScanner.Word(step.Kind));
        switch (step.Kind)
        {
            case StepKind.If or StepKind.IfDefined or StepKind.IfNotDefined:
                BeginConditional(file, step);
                return;
            case StepKind.ElseIf or StepKind.ElseIfDefined or StepKind.ElseIfNotDefined or StepKind.Else or StepKind.EndIf:
                // Reached from above: the branch before it was the one that counts.
                if (step.Flags.HasFlag(StepFlags.Orphan))
                    state.Diagnostics.Report(PreprocessorRules.WithoutIf, file.Span(step), FileScanner.Word(step.Kind));
                file.GoTo(step.Kind == StepKind.EndIf || step.Flags.HasFlag(StepFlags.Orphan) ? file.Step + 1 : step.Finish);
                return;
            case StepKind.Include or StepKind.IncludeNext or StepKind.Import:
                file.GoTo(file.Step + 1);
                _includes.Run(file, step);
                return;
            case StepKind.Define:
                Define(file, step);
                break;
            case StepKind.Undefine:
                Undefine(file, step);
                break;
            case StepKind.Error or StepKind.Warning:
                DiagnosticRule rule = step.Kind == StepKind.Error
                    ? PreprocessorRules.ErrorDirective : PreprocessorRules.WarningDirective;
                state.Diagnostics.Report(rule, file.Span(step), Text(file, step.Start, step.End));
                break;
            case StepKind.Line:
                ReadLine(file, step);
                break;
            case StepKind.Pragma:
                ReadPragma(file, step);
                break;
        }
        file.GoTo(file.Step + 1);
    }

    private void Define(FileFrame file, in Step step)
    {
        if (step.Payload is not MacroDefinition macro)
            return;
        if (state.Macros[macro.Id] is MacroDefinition known && !macro.IsSameAs(known))
        {
            IReadOnlyList<RelatedPlace> related = known.NameSpan.Source is null
                ? [] : [new(known.NameSpan, "it was defined here")];
            state.Diagnostics.Report(
                PreprocessorRules.Redefined, file.Span(macro.NameStart, macro.NameEnd), related, state.NameOf(macro));
        }
        state.Macros.Set(macro.Id, macro);
    }

    private void Undefine(FileFrame file, in Step step)
    {
        if (step.Id == 0 || state.Macros[step.Id] is not MacroDefinition macro)
            return;
        if (macro.BuiltIn != BuiltInMacro.None)
            state.Diagnostics.Report(PreprocessorRules.BuiltInUndefined, file.Span(step), state.NameOf(macro));
        state.Macros.Set(step.Id, null);
    }

    private void BeginConditional(FileFrame file, in Step first)
    {
        Step[] steps = file.File.Steps;
        if (first.Flags.HasFlag(StepFlags.Unterminated))
            state.Diagnostics.Report(PreprocessorRules.UnterminatedConditional, file.Span(first), FileScanner.Word(first.Kind));
        if (first.Flags.HasFlag(StepFlags.HasBadBranch))
        {
            for (int bad = first.Next; bad < first.Finish; bad = steps[bad].Next)
            {
                if (steps[bad].Flags.HasFlag(StepFlags.AfterElse))
                    state.Diagnostics.Report(PreprocessorRules.AfterElse, file.Span(steps[bad]),
                        FileScanner.Word(steps[bad].Kind));
            }
        }
        int branch = file.Step;
        while (branch < first.Finish && !IsTrue(file, steps[branch]))
            branch = steps[branch].Next;
        // Past the line of the branch, or past the end of the conditional.
        file.GoTo(Math.Min(branch + 1, steps.Length));
    }

    private bool IsTrue(FileFrame file, in Step branch) => branch.Kind switch
    {
        StepKind.IfDefined or StepKind.ElseIfDefined => state.Macros[branch.Id] is not null,
        StepKind.IfNotDefined or StepKind.ElseIfNotDefined => branch.Id != 0 && state.Macros[branch.Id] is null,
        StepKind.Else => true,
        _ => _conditions.Evaluate(file, branch),
    };

    private void ReadLine(FileFrame file, in Step step)
    {
        state.Expander.BeginDirective(file, step.Start, step.End);
        state.Expander.Next(out PpToken number);
        state.Expander.Next(out PpToken name);
        state.Expander.EndDirective();
        bool isGood = number.Kind == PpKind.Number && number.Bytes.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        int line = 0;
        isGood = isGood && int.TryParse(Encoding.ASCII.GetString(number.Bytes), out line)
            && name.Kind is PpKind.End or PpKind.String;
        if (!isGood)
        {
            state.Diagnostics.Report(PreprocessorRules.BadLine, file.Span(step));
            return;
        }
        file.Rename(step, line, name.Kind == PpKind.String ? QuotedText.Decode(name.Bytes[1..^1]) : null);
        state.Output.Marker(line, file.Path, "");
    }

    /// <summary>
    /// Pragmas that cpp knows leave an empty line with as many spaces as stand before their first word; others leave nothing in
    /// assembler mode.
    /// </summary>
    private void ReadPragma(FileFrame file, in Step step)
    {
        int at = step.Start;
        if (!TokenScanner.TryRead(file.File.Normal, ref at, step.End, out PpToken word) || word.Kind != PpKind.Name)
            return;
        string name = Text(file, word.Start, at);
        if (name == "GCC" && TokenScanner.TryRead(file.File.Normal, ref at, step.End, out PpToken second))
            name += " " + Encoding.UTF8.GetString(second.Bytes);
        if (name is not ("once" or "push_macro" or "pop_macro" or "GCC poison" or "GCC system_header" or "GCC dependency"
            or "GCC warning" or "GCC error"))
            return;
        if (name == "once")
            state.Files.IncludeOnce(file.File);
        state.Output.StartLine(step.Line + file.LineShift, file.Path);
        for (int column = file.Span(word.Start, word.Start).Location!.Value.Column - 2; column > 0; column--)
            state.Output.Put((byte)' ');
    }

    private static string Text(FileFrame file, int start, int end) =>
        Encoding.UTF8.GetString(file.File.Normal.AsSpan(start, end - start));
}
