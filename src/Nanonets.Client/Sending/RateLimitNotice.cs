using System.Text.RegularExpressions;

namespace Nanonets.Sending;

/// <summary>Refusals for the number of pages that no waiting mends.</summary>
internal static class RateLimitNotice
{
    private static readonly Regex s_final = new("retired|daily limit", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Whether the service says that it is not about this minute.</summary>
    public static bool IsFinal(NanonetsException refusal) => refusal.BodyText is { } body && s_final.IsMatch(body);

    public static NanonetsException Final(NanonetsException refusal) => new(NanonetsErrorId.RateLimited, $"The service takes no more pages for this model. It says: \"{refusal.BodyText}\".", refusal)
    {
        StatusCode = refusal.StatusCode,
        Reason = refusal.Reason,
        Advice = refusal.Advice,
    };

    public static NanonetsException Hopeless(NanonetsException refusal) => new(
        NanonetsErrorId.RateLimited, $"The service has taken no page for this model in 15 minutes, however long was waited. {refusal.Message}", refusal)
    {
        StatusCode = refusal.StatusCode,
        Reason = refusal.Reason,
        Advice = refusal.Advice,
        RetryAfter = refusal.RetryAfter,
    };
}
