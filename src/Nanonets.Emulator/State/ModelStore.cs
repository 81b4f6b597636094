using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Nanonets.Emulator.Documents.Invoices;

namespace Nanonets.Emulator.State;

/// <summary>The models of the account: the built-in invoice model and those created.</summary>
internal sealed class ModelStore(EmulatorOptions options)
{
    public const string Reading = "ocr";
    public const string Classification = "classification";

    private static readonly string[] s_invoiceLabels =
    [
        FieldNames.InvoiceNumber, FieldNames.InvoiceDate, FieldNames.DueDate, FieldNames.SellerName, FieldNames.PurchaseOrder,
        FieldNames.Subtotal, FieldNames.TaxAmount, FieldNames.TotalAmount, FieldNames.Currency,
    ];

    private readonly Lock _lock = new();
    private readonly List<StoredModel> _created = [];
    private StoredModel _builtIn = BuiltIn(options);

    /// <summary>All models, the built-in one first.</summary>
    public IReadOnlyList<StoredModel> All
    {
        get
        {
            lock (_lock)
            {
                // The options may name it anew while the emulator runs.
                if (_builtIn.Id != options.ModelId)
                    _builtIn = BuiltIn(options);
                return [_builtIn, .. _created];
            }
        }
    }

    public StoredModel? Find(string id) => All.FirstOrDefault(model => model.Id == id);

    public StoredModel Create(string id, string type, IReadOnlyList<string> categories)
    {
        var model = new StoredModel(id, type, categories, builtIn: false);
        lock (_lock)
            _created.Add(model);
        return model;
    }

    public void Clear()
    {
        lock (_lock)
        {
            _created.Clear();
            _builtIn = BuiltIn(options);
        }
    }

    private static StoredModel BuiltIn(EmulatorOptions options) => new(options.ModelId, Reading, s_invoiceLabels, builtIn: true);
}
