using System.Text.RegularExpressions;
using Gunyah.Hypervisor.Hypercalls;

namespace Architecture.Tests;

/// <summary>
/// Who knows the rooms of the hypervisor. Whether the directories know each other as their rows say is seen to by
/// <see cref="DirectoryArrowTests"/>, from what was compiled; what is here says what that means for rooms.
/// </summary>
public class RoomTests
{
    private const string Project = "Gunyah.Hypervisor";

    /// <summary>The directory that lists the rooms which nobody else knows.</summary>
    private const string List = "Rooms";

    public static TheoryData<string> Optional =>
        [.. RoomRow.All.Where(static row => row.KnownBy.Length == 0).Select(static row => row.Room)];

    [Fact]
    public void Every_room_has_a_row() => Assert.Equal(
        typeof(IRoom).Assembly.GetTypes()
            .Where(static type => type.IsClass && type.IsAssignableTo(typeof(IRoom)))
            .Select(static type => type.Namespace![(Project.Length + 1)..]).Distinct().Order(StringComparer.Ordinal),
        RoomRow.All.Select(static row => row.Room).Order(StringComparer.Ordinal));

    [Fact]
    public void A_room_is_known_by_those_that_the_ABI_couples_with_it_and_by_nobody_else()
    {
        foreach (RoomRow row in RoomRow.All)
        {
            Assert.Equal(row.KnownBy.Length == 0, row.Why.Length == 0);
            string[] expected = row.KnownBy.Length == 0 ? [List] : row.KnownBy;
            string[] found = [.. DirectoryRows.All[Project].Where(other => other.May.Contains(row.Room))
                .Select(static other => other.Directory)];
            Assert.True(expected.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal)),
                $"{row.Room} is known by {string.Join(", ", found)}");
        }
    }

    /// <summary>Arrows are read from types that are used; a using or a comment would not compile any more either.</summary>
    [Theory, MemberData(nameof(Optional))]
    public void Without_the_directory_of_a_room_and_one_line_nothing_names_what_was_in_it(string room)
    {
        string[] naming =
        [
            .. Lines("src", inside: true), .. Lines("src", inside: false), .. Lines("tests", inside: false),
        ];
        string line = Assert.Single(naming);
        Assert.Matches($@"^src.{Project}.{List}.\w+\.cs: new {room}\.\w+Room\(.*\),$", line);

        IEnumerable<string> Lines(string root, bool inside)
        {
            // Inside the project the directory's name alone leads there; elsewhere it takes the whole one.
            string whole = $@"\b{Project}\.{room}\b";
            var names = new Regex(inside ? $@"(?<![\w.]){room}\.[A-Z]|{whole}" : whole);
            string own = Path.Combine(root, Project);
            return Repository.SourceFiles(root)
                .Select(file => (File: file, Name: Repository.RelativePath(file)))
                .Where(entry => IsIn(entry.Name, own) == inside && !IsRoom(entry.Name))
                .SelectMany(entry => File.ReadLines(entry.File.FullName).Where(text => names.IsMatch(text))
                    .Select(text => $"{entry.Name}: {text.Trim()}"));
        }

        bool IsRoom(string file) => IsIn(file, Path.Combine("src", Project, room))
            || IsIn(file, Path.Combine("tests", $"{Project}.Tests", room));
    }

    private static bool IsIn(string file, string directory) =>
        file.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
