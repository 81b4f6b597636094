using System;
using System.IO;

namespace Nanonets.Listing;

/// <summary>
/// Goes through the body of a listing piece by piece and finds its pages: each object in <c>moderated_images</c> and
/// <c>unmoderated_images</c>, whatever the order and case of the members; one object stands for a list of one, null for an empty list. All
/// other members are passed over, however large they are.
/// </summary>
internal sealed class ListingScanner
{
    private const int Nowhere = -1;

    private readonly ValueScanner _value = new();
    private State _state = State.Root;
    private readonly ListingMembers _members = new();
    private bool _isSingle;
    private int _keptFrom = Nowhere;

    private enum State
    {
        Root,
        FirstName,
        NextName,
        Name,
        Colon,
        Value,
        OtherValue,
        AfterValue,
        FirstItem,
        Item,
        Page,
        OtherItem,
        AfterItem,
        End,
    }

    /// <summary>How far the data was looked at.</summary>
    public int Position { get; private set; }

    /// <summary>First byte that is still needed; what lies before it can be discarded.</summary>
    public int KeepFrom => _keptFrom == Nowhere ? Position : _keptFrom;

    /// <summary>Where the page begins that was just found.</summary>
    public int PageStart { get; private set; }

    /// <summary>Whether the body has come to its end and was a listing.</summary>
    public bool IsComplete => HasEnded && _members.HasAList;

    /// <summary>Whether both lists have come.</summary>
    public bool HasBothLists => _members.HasBothLists;

    /// <summary>Whether the body has come to its end.</summary>
    public bool HasEnded => _state == State.End;

    /// <summary>Sum of the counts that the listing gives; null when it gives none.</summary>
    public long? AnnouncedPageCount => _members.AnnouncedPageCount;

    /// <summary>The first bytes of the data were discarded.</summary>
    public void Discarded(int count)
    {
        Position -= count;
        if (_keptFrom != Nowhere)
            _keptFrom -= count;
    }

    /// <summary>Goes on to the end of the next page.</summary>
    /// <param name="data">What is there: what was there before and not discarded, and what came since.</param>
    /// <returns>Whether a page was found, from <see cref="PageStart"/> to <see cref="Position"/>; false when more data is needed.</returns>
    /// <exception cref="InvalidDataException">It is no JSON, or no listing.</exception>
    public bool MoveNext(ReadOnlySpan<byte> data)
    {
        while (Position < data.Length)
        {
            switch (_state)
            {
                case State.Name:
                    ReadName(data);
                    break;
                case State.OtherValue:
                    ReadOtherValue(data);
                    break;
                case State.OtherItem:
                    if (Advance(data))
                        _state = State.AfterItem;
                    break;
                case State.Page:
                    if (Advance(data))
                    {
                        PageStart = _keptFrom;
                        _keptFrom = Nowhere;
                        _state = _isSingle ? State.AfterValue : State.AfterItem;
                        return true;
                    }

                    break;
                default:
                    if (JsonSpace.Is(data[Position]))
                        Position++;
                    else
                        ReadSign(data[Position]);
                    break;
            }
        }

        return false;
    }

    /// <summary>A byte between values: brackets, commas, colons, and the first byte of what comes next.</summary>
    private void ReadSign(byte sign)
    {
        switch (_state)
        {
            case State.Root when sign is 0xEF or 0xBB or 0xBF:
                // A byte order mark, which some gateways put in front.
                Position++;
                break;
            case State.Root:
                Expect(sign, (byte)'{', State.FirstName);
                break;
            case State.FirstName when sign == (byte)'}':
            case State.AfterValue when sign == (byte)'}':
                Take(State.End);
                break;
            case State.FirstName or State.NextName when sign == (byte)'"':
                Keep(State.Name);
                break;
            case State.Colon:
                Expect(sign, (byte)':', State.Value);
                break;
            case State.Value:
                BeginValue(sign);
                break;
            case State.AfterValue:
                Expect(sign, (byte)',', State.NextName);
                break;
            case State.FirstItem when sign == (byte)']':
            case State.AfterItem when sign == (byte)']':
                Take(State.AfterValue);
                break;
            case State.FirstItem or State.Item:
                BeginItem(sign);
                break;
            case State.AfterItem:
                Expect(sign, (byte)',', State.Item);
                break;
            default:
                throw NoJson();
        }
    }

    private void BeginValue(byte sign)
    {
        bool isList = _members.BeginsList();
        if (isList && sign == (byte)'[')
        {
            Take(State.FirstItem);
            return;
        }

        _isSingle = isList && sign == (byte)'{';
        if (_isSingle)
            Keep(State.Page);
        else if (_members.IsCount && sign is not ((byte)'{' or (byte)'['))
            Keep(State.OtherValue);
        else
            Begin(State.OtherValue);
    }

    private void BeginItem(byte sign)
    {
        _isSingle = false;
        if (sign == (byte)'{')
            Keep(State.Page);
        else
            Begin(State.OtherItem);
    }

    private void ReadName(ReadOnlySpan<byte> data)
    {
        if (!Advance(data))
            return;

        _members.Name(data.Slice(_keptFrom, Position - _keptFrom));
        _keptFrom = Nowhere;
        _state = State.Colon;
    }

    private void ReadOtherValue(ReadOnlySpan<byte> data)
    {
        if (!Advance(data))
            return;

        if (_keptFrom != Nowhere)
            _members.Count(data.Slice(_keptFrom, Position - _keptFrom), isQuoted: !_value.IsScalar);
        _keptFrom = Nowhere;
        _state = State.AfterValue;
    }

    private bool Advance(ReadOnlySpan<byte> data)
    {
        int position = Position;
        bool ended = _value.Advance(data, ref position);
        Position = position;
        return ended;
    }

    private void Expect(byte sign, byte expected, State next)
    {
        if (sign != expected)
            throw NoJson();
        Take(next);
    }

    private void Take(State next)
    {
        Position++;
        _state = next;
    }

    private void Begin(State next)
    {
        _value.Begin();
        _state = next;
    }

    private void Keep(State next)
    {
        _keptFrom = Position;
        Begin(next);
    }

    public static InvalidDataException NoJson() => new("it is no JSON.");
}
