namespace Architecture.Tests;

/// <summary>A directory of a project and which others it may know, each by its path from the project.</summary>
/// <param name="Directory">
/// The directory: <c>.</c> for the project's own, <c>Program</c> for what stands outside of every namespace, which is the entry
/// point.
/// </param>
/// <param name="May">What it may know. A directory below it is another one, and has to be named.</param>
internal sealed record DirectoryRow(string Directory, params string[] May);
