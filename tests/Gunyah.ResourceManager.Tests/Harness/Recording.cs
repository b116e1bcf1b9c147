using System.Globalization;
using System.Text.RegularExpressions;
using Gunyah.Abi.Rpc;

namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>One exchange of the recording: what was asked, what the real Resource Manager answered and said before it.</summary>
/// <param name="Name">The request as the recording calls it.</param>
/// <param name="Id">Its message id.</param>
/// <param name="Error">The error of the reply.</param>
/// <param name="Length">The length of the reply's payload with the error word.</param>
/// <param name="Data">The reply's payload after the error word.</param>
/// <param name="Notifications">The notifications that came before the reply.</param>
internal sealed record RecordedCall(
    string Name, RmMessageId Id, RmError Error, int Length, byte[] Data, List<(RmMessageId Id, byte[] Payload)> Notifications);

/// <summary>Reads <c>rpc-launch.txt</c>.</summary>
internal static partial class Recording
{
    public static List<RecordedCall> Read(string text)
    {
        var calls = new List<RecordedCall>();
        var hex = new List<byte>();
        List<(RmMessageId, byte[])> notifications = [];
        (string Name, RmMessageId Id)? open = null;
        RmMessageId notification = default;
        bool isNotification = false;

        void CloseNotification()
        {
            if (isNotification)
                notifications.Add((notification, [.. hex]));
            isNotification = false;
        }

        void CloseReply()
        {
            if (calls.Count > 0 && hex.Count > 0 && open is null && !isNotification)
                calls[^1] = calls[^1] with { Data = [.. hex] };
            hex.Clear();
        }

        foreach (string line in text.Split('\n'))
        {
            if (HexLine().IsMatch(line))
            {
                hex.AddRange(Convert.FromHexString(line.Replace(" ", "", StringComparison.Ordinal)));
                continue;
            }
            Match request = RequestLine().Match(line);
            Match notice = NotificationText().Match(line);
            Match end = ReplyText().Match(line);
            if (isNotification)
            {
                CloseNotification();
                hex.Clear();
            }
            else
            {
                CloseReply();
            }
            if (request.Success)
            {
                open = (request.Groups[1].Value, (RmMessageId)Number(request.Groups[2].Value));
                notifications = [];
            }
            if (notice.Success)
            {
                notification = (RmMessageId)Number(notice.Groups[1].Value);
                isNotification = true;
            }
            if (end.Success && open is var (name, id))
            {
                calls.Add(new(
                    name, id, (RmError)Number(end.Groups[1].Value),
                    (int)Number(end.Groups[2].Value), [], notifications));
                open = null;
            }
        }
        return calls;
    }

    private static uint Number(string hex) => uint.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*([0-9a-f]{2} ?)+\s*$")]
    private static partial Regex HexLine();

    [GeneratedRegex(@"^RPC (\S+) id=([0-9a-f]+)")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"NOTIF id=([0-9a-f]+)")]
    private static partial Regex NotificationText();

    [GeneratedRegex(@"err=([0-9a-f]+) len=([0-9a-f]+)")]
    private static partial Regex ReplyText();
}
