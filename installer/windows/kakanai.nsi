; The Windows installer of kakanai. installer/windows.py fills in the words between @ and @.
; For one user without administrator's rights; /ALLUSERS for the whole PC; /S without a window; /D=FOLDER last.
; Exit codes: 0 done, 1 cancelled, 2 files could not be written, and those of `Refuse` below.

Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS all
SetCompressor /SOLID lzma
SetDateSave off
AllowSkipFiles off
RequestExecutionLevel user
CRCCheck force

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include WinVer.nsh

!define TITLE "書かない窓口 kakanai"
!define VERSION "@VERSION@"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\kakanai"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\kakanai.exe"

Name "${TITLE}"
OutFile "@OUT_FILE@"
InstallDir ""
BrandingText "kakanai ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1041 "ProductName" "kakanai"
VIAddVersionKey /LANG=1041 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "FileDescription" "${TITLE} のインストーラー"
VIAddVersionKey /LANG=1041 "LegalCopyright" "Apache-2.0"

!define MUI_ICON "@ICON@"
!define MUI_UNICON "@ICON@"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\kakanaiw.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "@LICENCE@"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Japanese"

Var Previous

; Say why nothing is installed, and end with a code that a script can tell apart.
!macro Refuse CODE TEXT
  MessageBox MB_OK|MB_ICONSTOP "W-${CODE}: ${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; Whose Start menu and registry: this user's, or with /ALLUSERS the whole PC's.
!macro ChooseScope
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/ALLUSERS" $R1
  ${If} ${Errors}
    SetShellVarContext current
  ${Else}
    UserInfo::GetAccountType
    Pop $R1
    ${If} $R1 != "Admin"
      !insertmacro Refuse 4 "/ALLUSERS には管理者の権限が要ります。管理者として実行するか、/ALLUSERS を外してください。"
    ${EndIf}
    SetShellVarContext all
  ${EndIf}
!macroend

; A library in use cannot be opened for writing.
!macro RefuseIfRunning
  ${If} ${FileExists} "$INSTDIR\app\python\@LIBRARY@"
    ClearErrors
    FileOpen $R1 "$INSTDIR\app\python\@LIBRARY@" a
    ${If} ${Errors}
      !insertmacro Refuse 6 "kakanai が動いています。受付を終えて窓を閉じてから、もう一度実行してください。"
    ${EndIf}
    FileClose $R1
  ${EndIf}
!macroend

Function .onInit
  SetRegView 64
  ${IfNot} ${AtLeastWin10}
    !insertmacro Refuse 5 "Windows 10 か 11（64ビット）が要ります。"
  ${EndIf}
  !insertmacro ChooseScope
  ReadRegStr $Previous SHCTX "${KEY}" "DisplayVersion"
  ReadRegStr $R2 SHCTX "${KEY}" "InstallLocation"
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR $R2
  ${EndIf}
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\kakanai"
    ${GetOptions} $R0 "/ALLUSERS" $R1
    ${IfNot} ${Errors}
      StrCpy $INSTDIR "$PROGRAMFILES64\kakanai"
    ${EndIf}
  ${EndIf}
  ${If} $Previous != ""
    ${VersionCompare} "$Previous" "${VERSION}" $R1
    ${If} $R1 == 1
      !insertmacro Refuse 7 "新しい版 ($Previous) が入っています。古い版 (${VERSION}) には戻せません。"
    ${EndIf}
  ${EndIf}
FunctionEnd

Section
  SetRegView 64
  !insertmacro RefuseIfRunning
  ; The old program is taken away at the end: it must be ours.
  ${If} ${FileExists} "$INSTDIR\app\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\app\parts.cdx.json"
    !insertmacro Refuse 9 "$INSTDIR には、ほかのプログラムの app フォルダーがあります。別のフォルダーを選んでください。何も変えていません。"
  ${EndIf}
  ${GetRoot} "$INSTDIR" $R1
  ${DriveSpace} "$R1\" "/D=F /S=M" $R2
  ${If} $R2 < @NEEDED_MB@
    !insertmacro Refuse 3 "ディスクの空きが足りません。@NEEDED_MB@ MB 要ります（空き $R2 MB）。何も変えていません。"
  ${EndIf}

  ; The new program is laid beside the old one, which works until all of the new one is there.
  RMDir /r "$INSTDIR\~new"
  RMDir /r "$INSTDIR\~old"
  ClearErrors
@FILES@
  ${If} ${Errors}
    SetOutPath "$TEMP"
    RMDir /r "$INSTDIR\~new"
    !insertmacro Refuse 8 "ファイルを書けませんでした。フォルダーの権限と空きを確かめてください。前の版はそのままです。"
  ${EndIf}
  SetOutPath "$TEMP"
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    ClearErrors
    Rename "$INSTDIR\app" "$INSTDIR\~old"
    ${If} ${Errors}
      RMDir /r "$INSTDIR\~new"
      !insertmacro Refuse 6 "kakanai が動いています。受付を終えて窓を閉じてから、もう一度実行してください。"
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\~new" "$INSTDIR\app"
  ${If} ${Errors}
    Rename "$INSTDIR\~old" "$INSTDIR\app"
    !insertmacro Refuse 8 "ファイルを置き換えられませんでした。前の版はそのままです。"
  ${EndIf}
  RMDir /r "$INSTDIR\~old"
@LAUNCHERS@
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  ; Byte code now: later, a folder for the whole PC cannot be written. Without it the program is slow, not broken.
  DetailPrint "準備しています…"
  nsExec::Exec '"$INSTDIR\app\python\python.exe" -m compileall -q -j 1 "$INSTDIR\app\site"'
  Pop $R1

  CreateShortCut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\kakanaiw.exe" "" "$INSTDIR\app\kakanai.ico"
  CreateShortCut "$SMPROGRAMS\${TITLE}（練習）.lnk" "$INSTDIR\kakanaiw.exe" "--training" "$INSTDIR\app\kakanai.ico"
  WriteRegStr SHCTX "${APP_PATH}" "" "$INSTDIR\kakanai.exe"
  WriteRegStr SHCTX "${KEY}" "DisplayName" "${TITLE}"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "Publisher" "The kakanai contributors"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\app\kakanai.ico"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  StrCpy $R2 ""
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/ALLUSERS" $R1
  ${IfNot} ${Errors}
    StrCpy $R2 " /ALLUSERS"
  ${EndIf}
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"$R2'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S$R2'
  ${GetSize} "$INSTDIR" "/S=0K" $R1 $R3 $R4
  IntFmt $R1 "0x%08X" $R1
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" "$R1"
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
SectionEnd

Function un.onInit
  SetRegView 64
  !insertmacro ChooseScope
FunctionEnd

; Only what was installed goes. Logs, settings and drafts lie elsewhere (%LOCALAPPDATA%\kakanai) and stay.
Section "Uninstall"
  SetRegView 64
  !insertmacro RefuseIfRunning
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\~new"
  RMDir /r "$INSTDIR\~old"
  Delete "$INSTDIR\kakanai.exe"
  Delete "$INSTDIR\kakanaiw.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$SMPROGRAMS\${TITLE}（練習）.lnk"
  DeleteRegKey SHCTX "${APP_PATH}"
  DeleteRegKey SHCTX "${KEY}"
SectionEnd
