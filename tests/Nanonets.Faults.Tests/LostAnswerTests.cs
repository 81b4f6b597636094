using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nanonets.Emulator;
using Nanonets.Faults.Tests.Support;
using Nanonets.Sending;

namespace Nanonets.Faults.Tests;

/// <summary>Answers that are lost after the service has stored and charged a document, with listings that have bad habits.</summary>
public class LostAnswerTests
{
    public static TheoryData<string> Habits =>
        ["lags 30 s", "lags 1 h", "hides queued files", "is capped", "keeps the newest", "drops metadata", "truncates metadata",
            "fails", "is cut"];

    [Fact]
    public Task A_fifth_of_the_answers_is_lost_and_all_are_found() => LoseAnswersAsync(60);

    [Fact(Explicit = true)]
    public Task A_fifth_of_500_answers_is_lost_and_all_are_found() => LoseAnswersAsync(500);

    [Theory]
    [MemberData(nameof(Habits))]
    public Task A_listing_with_bad_habits_leads_to_no_second_charge(string habit) => LoseAnswersAsync(habit, 60, cap: 20);

    [Theory(Explicit = true)]
    [MemberData(nameof(Habits))]
    public Task A_listing_with_bad_habits_leads_to_no_second_charge_of_500(string habit) => LoseAnswersAsync(habit, 500, cap: 200);

    [Fact(Explicit = true)]
    public Task A_listing_capped_at_1000_leads_to_no_second_charge_of_1500() => LoseAnswersAsync("is capped", 1500, cap: 1000);

    private static async Task LoseAnswersAsync(int documents)
    {
        await using Lab lab = await Lab.StartAsync();
        FaultRule fault = lab.Fault(Lost());
        Night night = await lab.NightAsync(lab.Documents(documents));
        Assert.InRange(fault.Hits, documents / 8, documents / 3);
        Assert.Equal((documents, documents), (lab.Charges, lab.Posts.Count));
        Assert.Equal((documents - fault.Hits, fault.Hits), (night.Tally[SendingEnd.Accepted], night.Tally[SendingEnd.Found]));
        Assert.InRange(lab.Listings, 1, 10);
        Figures.Report($"{documents} documents, {fault.Hits} answers lost: {lab.Charges} charges, {lab.Posts.Count - documents} resends, "
            + $"{lab.Listings} listing calls");
    }

    private static async Task LoseAnswersAsync(string habit, int documents, int cap)
    {
        await using Lab lab = await Lab.StartAsync();
        ListingOptions listing = lab.Emulator.Options.Listing;
        switch (habit)
        {
            case "lags 30 s": listing.Lag = TimeSpan.FromSeconds(30); break;
            case "lags 1 h": listing.Lag = TimeSpan.FromHours(1); break;
            case "hides queued files": (listing.HidesQueued, lab.Emulator.Options.ProcessingTimePerPage) =
                (true, TimeSpan.FromHours(2)); break;
            case "is capped": listing.MaxPages = cap; break;
            case "keeps the newest": (listing.MaxPages, listing.CapKeepsNewest) = (cap, true); break;
            case "drops metadata": listing.Metadata = ListedMetadata.Dropped; break;
            case "truncates metadata": listing.Metadata = ListedMetadata.Truncated; break;
            case "fails": lab.Fault(new FaultRule { Kind = FaultKind.Status, Route = "List", Status = 502, Body = FaultBody.Html }); break;
            default: lab.Fault(new FaultRule { Kind = FaultKind.TruncatedAnswer, Route = "List" }); break;
        }

        FaultRule fault = lab.Fault(Lost());
        UploadSource[] all = lab.Documents(documents);
        Night night = await lab.NightAsync(all, LabNights.Over(TimeSpan.FromMinutes(20), documents));
        Assert.True(fault.Hits > documents / 8);
        Assert.Equal(documents, lab.Charges);
        Assert.Equal(documents, night.Count(SendingEnd.Accepted, SendingEnd.Found, SendingEnd.Held));
        int held = night.Tally[SendingEnd.Held];
        int resends = lab.Posts.Count - documents;
        int listings = lab.Listings;
        int nights = await lab.SettleAsync(all);
        Figures.Report($"{habit}: {documents} documents, {fault.Hits} lost, {night.Tally[SendingEnd.Found]} found, {held} held, {resends} "
            + $"resends, {listings} listing calls; all settled after {nights} more night(s)");
    }

    private static FaultRule Lost() => new() { Kind = FaultKind.CutAfter, Route = "LabelFile", Probability = 0.2, Seed = 5 };
}
