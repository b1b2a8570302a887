using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Tether.Vt")]
