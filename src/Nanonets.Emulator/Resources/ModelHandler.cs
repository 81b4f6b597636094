using System.Text.Json;
using Nanonets.Emulator.Documents.Invoices;
using Nanonets.Emulator.Http;

namespace Nanonets.Emulator.Resources;

/// <summary>GET OCR/Model/{model_id}: the built-in invoice model, ready, with the labels its rules know.</summary>
internal static class ModelHandler
{
    private static readonly string[] s_labels =
    [
        FieldNames.InvoiceNumber, FieldNames.InvoiceDate, FieldNames.DueDate, FieldNames.SellerName, FieldNames.PurchaseOrder,
        FieldNames.Subtotal, FieldNames.TaxAmount, FieldNames.TotalAmount, FieldNames.Currency,
    ];

    public static Answer Details(string modelId) => Answer.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("model_id", modelId);
        json.WriteString("model_type", "ocr");
        json.WriteNumber("state", 5);
        json.WriteStartArray("categories");
        foreach (string label in s_labels)
        {
            json.WriteStartObject();
            json.WriteString("name", label);
            json.WriteNumber("count", 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("status", "Model hosted");
        json.WriteEndObject();
    });
}
