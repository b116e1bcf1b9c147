using Conformance.Tests.Tools;

namespace Conformance.Tests.Flattened;

/// <summary>fdtget on blobs that are not written to their end, beside the installed one.</summary>
public class UnfinishedBlobTests
{
    [Fact]
    public void Every_state_of_a_blob_that_is_being_written_gets_the_answers_of_fdtget()
    {
        ExternalTool.Require("fdtget");
        for (int steps = 0; steps <= UnfinishedBlobs.Steps; steps++)
        {
            using var pair = new DropInPair("fdtget");
            pair.With("a.dtb", UnfinishedBlobs.After(steps));
            foreach (string node in (string[])["/", "/n", "/m"])
            {
                pair.Run($"{steps} steps, -p {node}", ["-p", "{a.dtb}", node]);
                pair.Run($"{steps} steps, -l {node}", ["-l", "{a.dtb}", node]);
                foreach (string property in (string[])["a", "phandle", "b"])
                    pair.Run($"{steps} steps, {node} {property}", ["{a.dtb}", node, property]);
            }
        }
    }
}
