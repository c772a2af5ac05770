namespace Autograd.Tests.Golden;

/// <summary>Rows of the table of operations: by operation or operation/variant, the call with decoded arguments.</summary>
internal sealed class OperationRows() : Dictionary<string, Func<Arguments, Results>>(StringComparer.Ordinal);
