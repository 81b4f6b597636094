using System.Collections.Generic;
using System.Linq;

namespace Nanonets.Sending;

/// <summary>The most pages that a run may use. What may have been accepted counts as accepted.</summary>
/// <param name="limit">Null for any number.</param>
internal sealed class PageBudget(int? limit)
{
    private readonly object _lock = new();
    private int _used;

    /// <summary>Takes the pages of some documents.</summary>
    /// <returns>False when they do not fit any more.</returns>
    public bool Take(IReadOnlyCollection<Shipment> shipments)
    {
        int pages = shipments.Sum(static shipment => shipment.Document.Pages);
        lock (_lock)
        {
            if (_used + pages > limit)
                return false;

            _used += pages;
            return true;
        }
    }

    /// <summary>Gives back what was not sent at all.</summary>
    public void Return(IReadOnlyCollection<Shipment> shipments)
    {
        lock (_lock)
            _used -= shipments.Sum(static shipment => shipment.Document.Pages);
    }

    /// <summary>Replaces estimates by what became of the documents.</summary>
    public void Settle(IReadOnlyList<Shipment> shipments, IReadOnlyList<UploadOutcome> outcomes)
    {
        lock (_lock)
        {
            for (int i = 0; i < shipments.Count; i++)
            {
                _used += outcomes[i].Class switch
                {
                    UploadClass.Accepted => outcomes[i].Pages.Length - shipments[i].Document.Pages,
                    UploadClass.Ambiguous => 0,
                    _ => -shipments[i].Document.Pages,
                };
            }
        }
    }
}
