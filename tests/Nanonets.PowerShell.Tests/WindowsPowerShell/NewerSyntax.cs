using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Nanonets.PowerShell.Tests.WindowsPowerShell;

/// <summary>Syntax that Windows PowerShell 5.1 does not read, or reads as something else.</summary>
internal static partial class NewerSyntax
{
    private static readonly HashSet<TokenKind> s_tokens =
    [
        TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals, TokenKind.QuestionDot, TokenKind.QuestionLBracket,
        TokenKind.QuestionMark,
        TokenKind.AndAnd, TokenKind.OrOr,
    ];

    /// <summary>Null in 5.1, so that the wrong branch is taken.</summary>
    private static readonly HashSet<string> s_variables =
        new(System.StringComparer.OrdinalIgnoreCase) { "IsWindows", "IsLinux", "IsMacOS", "IsCoreCLR", "PSStyle",
            "EnabledExperimentalFeatures" };

    public static IEnumerable<string> In(ScriptBlockAst script, Token[] tokens) =>
        InTokens(tokens).Concat(script.FindAll(static _ => true, true).Select(InNode).OfType<string>());

    private static IEnumerable<string> InTokens(Token[] tokens)
    {
        Token[] meaningful = [.. tokens.Where(static token => token.Kind is not (TokenKind.Comment or TokenKind.LineContinuation))];
        for (int i = 0; i < meaningful.Length; i++)
        {
            Token token = meaningful[i];
            if (s_tokens.Contains(token.Kind)
                || (token.Kind == TokenKind.Pipe && i > 0 && meaningful[i - 1].Kind == TokenKind.NewLine)
                || (token is StringExpandableToken && Escape().IsMatch(token.Text))
                || (token is NumberToken && Number().IsMatch(token.Text)))
            {
                yield return $"{token.Text} in line {token.Extent.StartLineNumber}";
            }
        }
    }

    private static string? InNode(Ast node)
    {
        bool isNew = node switch
        {
            PipelineAst { Background: true } => true,
            ScriptBlockAst { CleanBlock: not null } => true,
            ScriptBlockAst { ScriptRequirements.RequiredPSVersion: { } version } => version > new System.Version(5, 1),
            VariableExpressionAst variable => s_variables.Contains(variable.VariablePath.UserPath),
            BinaryExpressionAst
            {
                Operator: TokenKind.Ireplace or TokenKind.Creplace,
                Right: ArrayLiteralAst { Elements: [_, ScriptBlockExpressionAst] },
            } => true,
            _ => false,
        };
        return isNew ? $"{node.Extent.Text.Split('\n')[0]} in line {node.Extent.StartLineNumber}" : null;
    }

    [GeneratedRegex(@"(?<!`)(``)*`(e|u\{)")]
    private static partial Regex Escape();

    /// <summary>Binary numbers, and the types byte, short, unsigned and big.</summary>
    [GeneratedRegex(@"^0b|[0-9a-f](y|uy|s|us|u|ul|n)(kb|mb|gb|tb|pb)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Number();
}
