using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Tether.Testing")]
[assembly: InternalsVisibleTo("Tether.Vt")]
