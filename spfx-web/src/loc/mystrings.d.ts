declare module 'FlowStrings' {
  const strings: import('../page/strings').Strings;
  export = strings;
}
