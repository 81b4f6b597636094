using System.Collections.Generic;
using System.Linq;
using System.Text;
using Nanonets.Editing;
using Nanonets.Results;

namespace Nanonets.Review;

/// <summary>An edit as -WhatIf and -Confirm show it: each change with the old and the new text.</summary>
internal sealed record EditText(string Description, string Question, string Caption)
{
    public static EditText Of(ResultFile file, FileResult current, IReadOnlyList<PageEdit> pages)
    {
        var changes = new StringBuilder();
        foreach (PageEdit page in pages)
        {
            foreach (string change in page.Describe())
            {
                changes.Append("\n  ");
                if (current.Pages.Length > 1)
                    changes.Append("page ").Append(page.Page.Page + 1).Append(": ");
                changes.Append(change);
            }
        }

        return new EditText($"Correct {file.Title}:{changes}", $"Correct {file.Title}?{changes}", "Correct values");
    }
}
