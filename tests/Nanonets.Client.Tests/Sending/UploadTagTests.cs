using Nanonets.Journaling;
using Nanonets.Sending;

namespace Nanonets.Client.Tests.Sending;

/// <summary>What is a tag and what is not, and that what the user gave comes back as it was, as tables.</summary>
public class UploadTagTests
{
    private const string TagId = "0123456789abcdef0123";
    private const string Tag = $"nn1.{TagId}.7";

    [Theory]
    [InlineData(Tag, 7)]
    [InlineData($"nn1.{TagId}.1", 1)]
    [InlineData($"nn1.{TagId}.999999999", 999_999_999)]
    [InlineData($"{Tag} invoice 7", 7)]
    [InlineData($"{Tag} ", 7)]
    [InlineData($$"""{"_nn":"{{Tag}}"}""", 7)]
    [InlineData($$"""{"a":1,"_nn":"{{Tag}}"}""", 7)]
    [InlineData($$"""{"a":1 , "_nn" : "{{Tag}}" } """, 7)]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("invoice 7", null)]
    [InlineData($"nn1.{TagId}.0", null)]
    [InlineData($"nn1.{TagId}.07", null)]
    [InlineData($"nn1.{TagId}.1234567890", null)]
    [InlineData($"nn1.{TagId}.1234567890 text", null)]
    [InlineData($"nn1.{TagId}.", null)]
    [InlineData($"nn1.{TagId}", null)]
    [InlineData("nn1.0123456789abcdef012.7", null)]
    [InlineData("nn1.0123456789abcdef01234.7", null)]
    [InlineData("nn1.0123456789ABCDEF0123.7", null)]
    [InlineData($"nn2.{TagId}.7", null)]
    [InlineData($" {Tag}", null)]
    [InlineData($"{Tag}, invoice 7", null)]
    [InlineData($"invoice 7 {Tag}", null)]
    [InlineData($$"""{"_nn":"{{Tag}}","a":1}""", null)]
    [InlineData($$"""{"a":{"_nn":"{{Tag}}"},"b":1}""", null)]
    [InlineData($$"""{"_no":"{{Tag}}"}""", null)]
    public void A_tag_is_read(string? metadata, int? attempt)
    {
        Assert.Equal(attempt is { } number ? new UploadTag(TagId, number) : null, UploadTag.Read(metadata));
        if (attempt is null)
            Assert.Equal(metadata, UploadTag.TakeOff(metadata));
    }

    [Theory]
    [InlineData(null, "Text", true, "")]
    [InlineData("", "Object", true, "")]
    [InlineData("", "TaggedText", true, "")]
    [InlineData("invoice 7", "Text", false, "invoice 7")]
    [InlineData(" ", "Text", false, " ")]
    [InlineData("""{"a":1}""", "Text", false, """{"a":1}""")]
    [InlineData("invoice 7", "TaggedText", true, "invoice 7")]
    [InlineData(" invoice 7", "TaggedText", true, " invoice 7")]
    [InlineData("""{"a":1}""", "TaggedText", true, """{"a":1}""")]
    [InlineData($"nn1.ffffffffffffffffffff.1 invoice", "TaggedText", true, $"nn1.ffffffffffffffffffff.1 invoice")]
    [InlineData("{}", "Object", true, "{}")]
    [InlineData("""{"a":1}""", "Object", true, """{"a":1}""")]
    [InlineData("""{"a":"}"}""", "Object", true, """{"a":"}"}""")]
    [InlineData("""{"a":"{"}""", "Object", true, """{"a":"{"}""")]
    [InlineData("""{"a":{}}""", "Object", true, """{"a":{}}""")]
    [InlineData("""{"_nn":"mine"}""", "Object", true, """{"_nn":"mine"}""")]
    [InlineData("""{"a":1}""" + "\n", "Object", true, """{"a":1}""" + "\n")]
    public void What_the_user_gave_comes_back(string? metadata, string kind, bool isTagged, string back)
    {
        var tag = new UploadTag(TagId, 7);
        (string sent, bool tagged) = tag.Attach(metadata, System.Enum.Parse<MetadataKind>(kind));
        Assert.Equal((isTagged, isTagged ? tag : null), (tagged, UploadTag.Read(sent)));
        Assert.Equal(back, UploadTag.TakeOff(sent));
        if (kind == "Object" && metadata!.Length > 0)
            Assert.Equal(Tag, System.Text.Json.JsonDocument.Parse(sent).RootElement.GetProperty("_nn").GetString());
    }

    [Theory]
    [InlineData("aa", "", "", true)]
    [InlineData("ab", "", "", false)]
    [InlineData("aa", "1", "", false)]
    [InlineData("aa", "", "1", false)]
    public void One_id_stands_for_one_document(string content, string pages, string metadata, bool same)
    {
        string tagId = UploadTag.IdOf(new DocumentKey("https://a/", "m", "aa"));
        Assert.Equal(same, tagId == UploadTag.IdOf(new DocumentKey("https://a/", "m", content, pages, metadata)));

        // All its attempts have it in common, and it is one that is read again.
        Assert.Equal(new UploadTag(tagId, 1), UploadTag.Read(new UploadTag(tagId, 1).ToString()));
        Assert.Equal(tagId, UploadTag.Read(new UploadTag(tagId, 2).ToString())!.Id);
    }

    [Fact]
    public void Pages_and_metadata_are_told_apart_in_an_id() =>
        Assert.NotEqual(UploadTag.IdOf(new DocumentKey("o", "m", "aa", "1")), UploadTag.IdOf(new DocumentKey("o", "m", "aa", "", "1")));
}
