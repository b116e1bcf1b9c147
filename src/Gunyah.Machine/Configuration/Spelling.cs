namespace Gunyah.Machine.Configuration;

/// <summary>Guesses what somebody meant to write.</summary>
internal static class Spelling
{
    private const int LargestDistance = 2;

    /// <summary>The known word that needs the fewest changed letters, or null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? nearest = null;
        int least = LargestDistance + 1;
        foreach (string candidate in known)
        {
            int distance = Distance(word, candidate);
            if (distance < least && distance < candidate.Length)
                (nearest, least) = (candidate, distance);
        }

        return nearest;
    }

    /// <summary>The number of letters to insert, remove or replace; anything above the largest distance counts the same.</summary>
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > LargestDistance)
            return LargestDistance + 1;

        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int above = row[j];
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
