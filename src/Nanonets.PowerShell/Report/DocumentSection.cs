using System;
using System.Globalization;
using System.Linq;
using Nanonets.Http;

namespace Nanonets.Report;

/// <summary>Writes what stands above the pages of a document, and what ends it.</summary>
internal static class DocumentSection
{
    public static void Open(HtmlWriter html, ReportDocument document)
    {
        html.Open("article", ("class", "document"), ("id", $"d{document.Number}"),
            ("data-state", WordOf(document.State)), ("data-score", Score(document.Lowest)),
            ("data-person", document.Reasons.Length > 0 ? string.Empty : null)).Line();
        html.Open("header").Open("h2", ("tabindex", "-1")).Element("bdi", document.Name).Close("h2");
        html.Open("p", ("class", "chips"));
        html.Element("span", Shown(document.State), ("class", $"chip {WordOf(document.State)}"));
        if (document.Reasons.Length > 0)
            html.Text(" ").Element("span", "Needs a person", ("class", "chip person"));
        if (document.Lowest is { } lowest)
            html.Text(" ").Element("span", $"Lowest score {Score(lowest)}", ("class", "chip"));
        html.Text(" ").Element("span", PagesOf(document), ("class", "chip")).Close("p").Line();
        if (document.Reasons.Length > 0)
        {
            html.Open("ul", ("class", "reasons"));
            foreach (string reason in document.Reasons)
                html.Element("li", reason, ("dir", "auto"));
            html.Close("ul").Line();
        }

        WriteReview(html, document);
        WriteFacts(html, document);
        html.Close("header").Line();
    }

    public static void Close(HtmlWriter html) => html.Close("article").Line();

    /// <summary>The word of a state in the page's own attributes and classes.</summary>
    public static string WordOf(ReportState state) => state switch
    {
        ReportState.Failed => "failed",
        ReportState.Pending => "pending",
        ReportState.Approved => "approved",
        _ => "read",
    };

    public static string Shown(ReportState state) => state.ToString();

    public static string? Score(double? score) => score?.ToString("0.00", CultureInfo.InvariantCulture);

    private static string PagesOf(ReportDocument document) => document.PageCount > document.Pages.Length
        ? $"{document.Pages.Length} of {document.PageCount} pages"
        : document.PageCount == 1 ? "1 page" : $"{document.PageCount} pages";

    /// <summary>What a person has done with it.</summary>
    private static void WriteReview(HtmlWriter html, ReportDocument document)
    {
        int corrected = document.Values.Count(static value => value.IsCorrected);
        bool isApproved = document.First.IsModerated == true;
        if (corrected == 0 && !isApproved)
            return;

        html.Open("p", ("class", "review"));
        if (corrected > 0)
            html.Text(corrected == 1 ? "1 value corrected" : $"{corrected} values corrected");
        html.Text(corrected > 0 && isApproved ? ", approved" : isApproved ? "Approved" : ", not approved yet");
        if (isApproved && document.First.VerifiedBy is { Length: > 0 } person)
            html.Text(" by ").Element("bdi", PublicAddress.In(person));
        if (isApproved && document.First.VerifiedAt is { } time)
            WriteTime(html.Text(" on "), time);
        html.Text(".").Close("p").Line();
    }

    private static void WriteFacts(HtmlWriter html, ReportDocument document)
    {
        PageResult page = document.First;
        html.Open("details", ("class", "facts")).Element("summary", "About this document").Open("dl");
        if (page.UploadedAt is { } time)
            WriteTime(html.Element("dt", "Uploaded").Open("dd"), time).Close("dd");
        Fact("File", page.SourcePath);
        Fact("Sent in its place", page.DuplicateOf);
        Fact("Metadata", page.RequestMetadata);
        Fact("Uploaded by", page.UploadedBy);
        Fact("Assigned to", string.Join(", ", page.AssignedMembers));
        Fact("Model", page.ModelId);
        Fact("RequestFileId", page.RequestFileId);
        html.Close("dl").Close("details").Line();

        void Fact(string name, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
                html.Element("dt", name).Element("dd", PublicAddress.In(text!), ("dir", "auto"));
        }
    }

    public static HtmlWriter WriteTime(HtmlWriter html, DateTimeOffset time)
    {
        string shown = time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return html.Element("time", $"{shown} UTC", ("datetime", shown.Replace(' ', 'T') + "Z"));
    }
}
