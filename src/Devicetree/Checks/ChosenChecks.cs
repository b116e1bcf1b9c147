using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>The nodes <c>/chosen</c> and <c>/aliases</c>.</summary>
internal static class ChosenChecks
{
    private const string Chosen = "chosen";
    private const string Aliases = "aliases";

    public static void ObsoleteInterruptController(CheckContext c)
    {
        for (int child = c.Index[0].FirstChild; child >= 0; child = c.Index[child].NextSibling)
        {
            if (c.Index[child].Node.Name != Chosen)
                continue;
            if (c.Index.Find(child, KnownProperty.InterruptController) is LiveProperty property)
                c.FailElsewhere(0, property, (child, property), ChosenFaults.InterruptController);
            return;
        }
    }

    public static void IsAtRoot(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            if (c.Index[i].Node.Name == Chosen && c.Index[i].Parent != 0)
                c.Fail(i, ChosenFaults.NotAtRoot);
        }
    }

    public static void BootArguments(CheckContext c)
    {
        for (int i = c.Index.First(KnownProperty.BootArguments); i >= 0; i = c.Index.Next(i))
        {
            if (c.Index[c.Index.Owner(i)].Node.Name == Chosen)
                Values.CheckString(c, c.Index.Owner(i), c.Index.Property(i));
        }
    }

    public static void StdoutPath(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            if (c.Index[i].Node.Name != Chosen)
                continue;
            LiveProperty? path = c.Index.Find(i, KnownProperty.StdoutPath);
            if (path is null && c.Index.Find(i, KnownProperty.LegacyStdoutPath) is LiveProperty legacy)
            {
                c.Fail(i, legacy, ChosenFaults.LegacyStdoutPath);
                path = legacy;
            }
            if (path is not null && !IsReported(c, path.Value))
                Values.CheckString(c, i, path);
        }
    }

    public static void AliasPaths(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            if (c.Index[i].Node.Name == Aliases)
                AliasPaths(c, i);
        }
    }

    private static void AliasPaths(CheckContext c, int aliases)
    {
        foreach (LiveProperty alias in c.Index[aliases].Node.Properties.Live)
        {
            if (alias.Name is PropertyNames.Phandle or PropertyNames.LegacyPhandle || IsReported(c, alias.Value))
                continue;
            // The paths of an overlay may lead to its base.
            if (!(c.Tree.IsPlugin && c.Has(DtcChanges.OverlayAliases)) && !IsPath(c, alias.Value))
            {
                c.Fail(aliases, alias, alias.Value.Length == 0 ? ChosenFaults.AliasEmpty : ChosenFaults.AliasPath,
                    Values.CString(alias.Value));
            }
            else if (alias.Name.AsSpan().ContainsAnyExcept(NameRules.AliasCharacters))
                c.FailElsewhere(aliases, null, (aliases, alias), ChosenFaults.AliasName, alias.Name);
        }
    }

    /// <summary>
    /// True for a reference that leads nowhere, of which nothing more is to be said than that. dtc goes on and calls its value
    /// "(null)".
    /// </summary>
    private static bool IsReported(CheckContext c, LiveValue value) =>
        c.Options.Strict && value.Markers is [.., { Kind: MarkerKind.PathReference } reference]
        && c.Tree.Find(reference.Target) is null;

    /// <summary>True for the path of a live node.</summary>
    private static bool IsPath(CheckContext c, LiveValue value) =>
        value.Length > 0 && c.Tree.FindWritten(Values.CString(value)) is not null;
}
