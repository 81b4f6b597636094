namespace Nanonets.Faults.Tests.Support;

/// <summary>What a row measured, for those who run the long sizes.</summary>
internal static class Figures
{
    public static void Report(string figure) => TestContext.Current.TestOutputHelper?.WriteLine(figure);
}
