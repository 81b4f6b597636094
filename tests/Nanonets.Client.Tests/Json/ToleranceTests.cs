using System.Linq;
using System.Text.Json;
using Nanonets.Client.Tests.Support;
using Nanonets.Json;

namespace Nanonets.Client.Tests.Json;

/// <summary>What a client should tolerate: section 18 of the API reference.</summary>
public class ToleranceTests
{
    [Fact]
    public void One_object_in_place_of_a_list_is_a_list_of_one()
    {
        PageResult page = Assert.Single(
            Upload("""{"result":{"page":0,"request_file_id":"f","prediction":{"label":"a","ocr_text":"1"}}}"""));
        Assert.Equal("1", page["a"]);
    }

    [Theory]
    [InlineData("""{"result":null}""")]
    [InlineData("""{"result":[]}""")]
    [InlineData("""{"result":"no"}""")]
    [InlineData("""{"result":[null,1,"x",[]]}""")]
    [InlineData("""{}""")]
    public void What_holds_no_page_gives_no_page(string body) => Assert.Empty(Upload(body));

    [Fact]
    public void Member_names_and_state_words_come_in_any_case()
    {
        PageResult page = Assert.Single(AnswerReader.File(
            Json(
                """{"Unmoderated_Images":[{"STATUS":"SUCCESS","Request_File_Id":"f","predicted_boxes":[{"Label":"a","OCR_TEXT":"1"}]}]}"""),
            "m", "f").Pages);
        Assert.Equal((PageState.Success, "f", "1"), (page.State, page.RequestFileId, page["A"]));
    }

    [Fact]
    public void Numbers_come_as_text_or_with_a_fraction_and_ids_as_numbers()
    {
        PageResult page = Assert.Single(Upload(
            """
            {"result":[{"page":"2","id":17,"request_file_id":42,"size":{"width":"10","height":20.0},"prediction":[{"id":3,"label":"a","xmin":1.0,"ymin":"2","xmax":3,"ymax":4,"score":"0.5","ocr_text":12}]}]}
            """));
        Assert.Equal((2, "17", "42", "10 x 20"), (page.Page, page.Id, page.RequestFileId, page.Size!.ToString()));
        Prediction value = Assert.Single(page.Prediction);
        Assert.Equal(("3", "1,2 - 3,4", 0.5, "12"), (value.Id, value.Box!.ToString(), value.Score, value.Text));
    }

    [Theory]
    [
        InlineData(
            """
            {"page":{},"id":[],"request_file_id":"f","size":"big","prediction":5,"rotation":"left","is_moderated":"maybe","assigned_members":"x","file_metadata":[],"cost":"free"}
            """)]
    [
        InlineData(
            """
            {"page":1e99,"request_file_id":"f","day_since_epoch":-4,"hour_of_day":77,"cost":1e300,"retries":9999999999,"prediction":[{"cells":[{"row":"x"}]}]}
            """)]
    [InlineData("""{"request_file_id":"f","input":"\ud800broken","message":null}""")]
    public void Members_of_an_unexpected_kind_lose_themselves_never_the_page(string page)
    {
        PageResult read = Assert.Single(Upload($$"""{"result":[{{page}}]}"""));
        Assert.Equal("f", read.RequestFileId);
        Assert.Equal(page, read.Raw);
    }

    [Fact]
    public void Repeated_labels_are_all_kept_and_the_best_score_is_the_field()
    {
        PageResult page = Assert.Single(Upload(
            """
            {"result":[{"request_file_id":"f","prediction":[{"label":"a","ocr_text":"low","score":0.2},{"label":"A","ocr_text":"high","score":0.9},{"label":"a","ocr_text":"tie","score":0.9}]}]}
            """));
        Assert.Equal(3, page.Prediction.Length);
        Assert.Equal("high", page.Fields["a"]);
        Assert.Single(page.Fields);
    }

    [Theory]
    [InlineData("""{"predicted_boxes":[{"label":"a"}]}""", PageState.Success)]
    [InlineData("""{"predicted_boxes":[]}""", PageState.Pending)]
    [InlineData("""{"status":"success","predicted_boxes":[]}""", PageState.Success)]
    [InlineData("""{"status":"exotic","predicted_boxes":[{"label":"a"}]}""", PageState.Pending)]
    [InlineData("""{"status":" Failure "}""", PageState.Failure)]
    public void The_state_follows_the_word_and_without_one_the_values(string page, PageState expected) =>
        Assert.Equal(expected, Assert.Single(AnswerReader.File(Json($$"""{"unmoderated_images":[{{page}}]}"""), "m", "f").Pages).State);

    [Fact]
    public void Tables_without_a_type_are_told_by_their_cells()
    {
        PageResult page = Assert
            .Single(
                Upload(
                    """
                    {"result":[{"request_file_id":"f","prediction":[{"label":"","cells":[{"row":1,"col":1,"text":"x"}]},{"label":"a"}]}]}
                    """));
        Assert.Equal([PredictionType.Table, PredictionType.Field], page.Prediction.Select(value => value.Type));
    }

    private static PageResult[] Upload(string body) => AnswerReader.Upload(Json(body), TestClient.Model, false);

    private static JsonElement Json(string body) => JsonDocument.Parse(body).RootElement;
}
