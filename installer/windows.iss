; Inno Setup script: installs dist\producer-desk for the current user, without asking for an administrator.
; Compile with:  iscc /DVersion=0.1.0 installer\windows.iss     after  py installer\dev.py build
#ifndef Version
  #define Version "0.1.0"
#endif
#define Program "producer-desk-window.exe"

[Setup]
; Never change AppId: it is how an update finds what it updates.
AppId={{6E0D0C1B-7E0F-4C59-9C3B-2A8E3B6D9A41}
AppName=Producer Desk
AppVersion={#Version}
AppPublisher=Producer Desk
DefaultDirName={autopf}\Producer Desk
DefaultGroupName=Producer Desk
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\LICENSE
OutputDir=..\dist
OutputBaseFilename=ProducerDesk-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
ChangesAssociations=yes
UninstallDisplayIcon={app}\{#Program}
#ifdef SignTool
SignTool={#SignTool}
SignedUninstaller=yes
#endif

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; Libraries of an older version must not be found by the new one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\dist\producer-desk\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\Producer Desk"; Filename: "{app}\{#Program}"
Name: "{group}\Producer Desk (made-up agency)"; Filename: "{app}\{#Program}"; Parameters: "--demo"
Name: "{autodesktop}\Producer Desk"; Filename: "{app}\{#Program}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.pdesk"; ValueType: string; ValueData: "ProducerDesk.Book"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\ProducerDesk.Book"; ValueType: string; ValueData: "Producer Desk book"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\ProducerDesk.Book\shell\open\command"; ValueType: string; ValueData: """{app}\{#Program}"" --book ""%1"""

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,Producer Desk}"; Flags: nowait postinstall skipifsilent

; Books live in the user's data folder and are left alone by the uninstaller.
