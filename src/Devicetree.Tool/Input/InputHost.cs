namespace Devicetree.Tool.Input;

/// <summary>
/// What of the outside sources are read with. This file and its neighbours that need no more are part of both tools.
/// </summary>
/// <param name="FullPath">Makes a path absolute as the user wrote it.</param>
/// <param name="Time">The clock and its time zone.</param>
/// <param name="Variable">Answers what an environment variable holds.</param>
internal sealed record InputHost(Func<string, string> FullPath, TimeProvider Time, Func<string, string?> Variable);
