declare module 'RequestStrings' {
  const strings: import('../../../request/strings').Strings;
  export = strings;
}
