// Saves what the kernel sends as a file of the browser's. Nothing of it is shown or run.

export default {
  initialize({ model }) {
    const save = (file, buffers) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(buffers, { type: "application/octet-stream" }));
      link.download = file.name;
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    };
    model.on("msg:custom", save);
    return () => model.off("msg:custom", save);
  },
  render() {},
};
