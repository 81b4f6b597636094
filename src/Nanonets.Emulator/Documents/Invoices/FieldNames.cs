namespace Nanonets.Emulator.Documents.Invoices;

/// <summary>The labels of the built-in invoice model.</summary>
internal static class FieldNames
{
    public const string InvoiceNumber = "invoice_number";
    public const string InvoiceDate = "invoice_date";
    public const string DueDate = "due_date";
    public const string SellerName = "seller_name";
    public const string PurchaseOrder = "purchase_order";
    public const string Subtotal = "subtotal";
    public const string TaxAmount = "tax_amount";
    public const string TotalAmount = "total_amount";
    public const string Currency = "currency";
}
